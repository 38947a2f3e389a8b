/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only process of an emulated kernel: mounts what libbpf needs, loads every object of /job through the kernel's
 * verifier, reports on the console, and powers off. README.md says what the job and the report look like. What is done
 * to an object before it is loaded must be what PolicyCompiler.Kernel's LibbpfVerifier does.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#define MAX_MAPS 64
#define MAX_PROGRAMS 64
#define NAME_SIZE 128
#define LOG_SIZE (16 << 20)     /* one that is too small makes even a valid program fail */
#define LOG_TAIL (48 << 10)     /* what is reported of it: the decisive lines are the last */
#define MESSAGES_SIZE (16 << 10)
#define REPORT_SIZE (128 << 10)

#define LOG_WALK 1
#define LOG_STATISTICS 4

struct sized_map {
	char name[NAME_SIZE];
	unsigned int max_entries;
};

struct shared_map {
	char name[NAME_SIZE];
	int fd;
};

static struct sized_map sized[MAX_MAPS];
static struct shared_map shared[MAX_MAPS];
static int sized_count, shared_count;

/* The map of global variables that all objects share. */
static char shared_section[NAME_SIZE];

static char *logs[MAX_PROGRAMS];
static char messages[MESSAGES_SIZE];
static size_t messages_length;
static char report[REPORT_SIZE];
static size_t report_length;

static void append(const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(report + report_length, sizeof(report) - report_length, format, arguments);
	va_end(arguments);
	if (length > 0)
		report_length += length;
	if (report_length > sizeof(report) - 1)
		report_length = sizeof(report) - 1;
}

/* A field of any text, with a space before it: base64, or - for none. */
static void append_text(const char *text, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *bytes = (const unsigned char *)text;
	char *out = report + report_length;

	if (report_length + 2 + (length + 2) / 3 * 4 >= sizeof(report))
		return;
	*out++ = ' ';
	if (!length)
		*out++ = '-';
	for (size_t i = 0; i < length; i += 3) {
		size_t rest = length - i;
		unsigned int word = bytes[i] << 16 | (rest > 1 ? bytes[i + 1] << 8 : 0) | (rest > 2 ? bytes[i + 2] : 0);

		*out++ = digits[word >> 18];
		*out++ = digits[word >> 12 & 63];
		*out++ = rest > 1 ? digits[word >> 6 & 63] : '=';
		*out++ = rest > 2 ? digits[word & 63] : '=';
	}
	*out = 0;
	report_length = out - report;
}

static unsigned int crc32c(const char *bytes, size_t length)
{
	unsigned int crc = ~0u;

	for (size_t i = 0; i < length; i++) {
		crc ^= (unsigned char)bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0x82f63b78 & -(crc & 1));
	}
	return ~crc;
}

/* The kernel's own messages may come in between: the line carries a checksum, and begins after a line break. */
static void send_record(void)
{
	printf("\npolicyc-guest %08x %s\n", crc32c(report, report_length), report);
	fflush(stdout);
	report_length = 0;
}

static int keep_message(enum libbpf_print_level level, const char *format, va_list arguments)
{
	int length;

	if (level > LIBBPF_WARN)
		return 0;
	length = vsnprintf(messages + messages_length, sizeof(messages) - messages_length, format, arguments);
	if (length > 0)
		messages_length += length;
	if (messages_length > sizeof(messages) - 1)
		messages_length = sizeof(messages) - 1;
	return 0;
}

static int find_shared(const char *name)
{
	for (int i = 0; i < shared_count; i++)
		if (!strcmp(shared[i].name, name))
			return shared[i].fd;
	return -1;
}

static bool is_shared(const struct bpf_map *map)
{
	/* libbpf shows the map of a section under a name of its own, and finds it by the section's. */
	return !bpf_map__is_internal(map);
}

static int share(struct bpf_map *map, const char *name)
{
	int fd = find_shared(name);

	return fd < 0 ? 0 : bpf_map__reuse_fd(map, fd);
}

static int share_all(struct bpf_object *object)
{
	struct bpf_map *map, *section = bpf_object__find_map_by_name(object, shared_section);
	int error = section ? share(section, shared_section) : 0;

	bpf_object__for_each_map(map, object)
		if (!error && is_shared(map))
			error = share(map, bpf_map__name(map));
	return error;
}

static int keep(struct bpf_map *map, const char *name)
{
	int fd;

	if (find_shared(name) >= 0)
		return 0;
	if (shared_count == MAX_MAPS)
		return -E2BIG;
	fd = fcntl(bpf_map__fd(map), F_DUPFD_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	snprintf(shared[shared_count].name, NAME_SIZE, "%s", name);
	shared[shared_count++].fd = fd;
	return 0;
}

static bool lacks_shared(struct bpf_object *object)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, object)
		if (is_shared(map) && find_shared(bpf_map__name(map)) < 0)
			return true;
	return bpf_object__find_map_by_name(object, shared_section) && find_shared(shared_section) < 0;
}

static struct bpf_object *open_object(const char *name, const char *path)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = name);

	return bpf_object__open_file(path, &options);
}

/* Makes the maps that no object before had, through an object of which nothing else is loaded. */
static int create_shared(const char *name, const char *path)
{
	struct bpf_object *owner = open_object(name, path);
	struct bpf_program *program;
	struct bpf_map *map;
	int error;

	if (!owner)
		return -errno;
	bpf_object__for_each_program(program, owner)
		bpf_program__set_autoload(program, false);
	error = share_all(owner);
	bpf_object__for_each_map(map, owner)
		for (int i = 0; !error && i < sized_count; i++)
			if (is_shared(map) && !strcmp(bpf_map__name(map), sized[i].name) && find_shared(sized[i].name) < 0)
				error = bpf_map__set_max_entries(map, sized[i].max_entries);
	if (!error)
		error = bpf_object__load(owner);
	bpf_object__for_each_map(map, owner)
		if (!error && is_shared(map))
			error = keep(map, bpf_map__name(map));
	map = bpf_object__find_map_by_name(owner, shared_section);
	if (!error && map)
		error = keep(map, shared_section);
	bpf_object__close(owner);
	return error;
}

static int load(const char *name, const char *path, unsigned int level)
{
	struct bpf_object *object = open_object(name, path);
	struct bpf_program *program;
	int error, count = 0;

	if (!object)
		return -errno;
	error = lacks_shared(object) ? create_shared(name, path) : 0;
	if (!error)
		error = share_all(object);
	bpf_object__for_each_program(program, object) {
		if (count == MAX_PROGRAMS)
			break;
		if (!logs[count])
			logs[count] = mmap(NULL, LOG_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		logs[count][0] = 0;
		bpf_program__set_log_level(program, level);
		bpf_program__set_log_buf(program, logs[count++], LOG_SIZE);
	}
	if (!error)
		error = bpf_object__load(object);
	bpf_object__close(object);
	return error;
}

static void send_programs(int index, const char *name, const char *path)
{
	struct bpf_object *object = open_object(name, path);
	struct bpf_program *program;
	int count = 0;

	if (!object)
		return;
	bpf_object__for_each_program(program, object) {
		size_t length, skipped;

		if (count == MAX_PROGRAMS || !logs[count])
			break;
		length = strlen(logs[count]);
		skipped = length > LOG_TAIL ? length - LOG_TAIL : 0;
		append("program %d %s %zu", index, bpf_program__name(program), bpf_program__insn_cnt(program));
		append_text(logs[count] + skipped, length - skipped);
		send_record();
		count++;
	}
	bpf_object__close(object);
}

/* The first attempt asks for statistics only, which is fast; a refusal is repeated with the verifier's full walk. */
static void verify(int index, const char *name, const char *path)
{
	int error;

	for (int i = 0; i < MAX_PROGRAMS && logs[i]; i++)
		logs[i][0] = 0;
	messages_length = 0;
	error = load(name, path, LOG_STATISTICS);
	if (error) {
		size_t length = messages_length;

		load(name, path, LOG_WALK | LOG_STATISTICS);
		messages_length = length;
	}
	send_programs(index, name, path);
	append("object %d %d", index, -error);
	append_text(messages, messages_length);
	send_record();
}

static void forget_shared(void)
{
	while (shared_count)
		close(shared[--shared_count].fd);
	sized_count = 0;
}

static int work(FILE *job)
{
	char name[NAME_SIZE], path[NAME_SIZE], line[1024];
	unsigned int number;
	int objects = 0;

	while (fgets(line, sizeof(line), job)) {
		if (!strncmp(line, "bundle", 6)) {
			forget_shared();
		} else if (sscanf(line, "share %127s", name) == 1) {
			strcpy(shared_section, name);
		} else if (sscanf(line, "map %127s %u", name, &number) == 2 && sized_count < MAX_MAPS) {
			strcpy(sized[sized_count].name, name);
			sized[sized_count++].max_entries = number;
		} else if (sscanf(line, "object %u %127s %127s", &number, name, path) == 3) {
			verify(number, name, path);
			objects++;
		}
	}
	return objects;
}

static void run(void)
{
	struct utsname kernel;
	FILE *job;

	mkdir("/proc", 0755), mount("proc", "/proc", "proc", 0, NULL);
	mkdir("/sys", 0755), mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("bpf", "/sys/fs/bpf", "bpf", 0, NULL);
	libbpf_set_print(keep_message);
	uname(&kernel);
	append("start %s %s", kernel.release, libbpf_version_string());
	send_record();
	job = fopen("/job", "r");
	append("end %d", job ? work(job) : 0);
	send_record();
	sync();
	reboot(RB_POWER_OFF);
	_exit(0);
}

/* Without the C library's start files, so that the program depends on the compiler and this source alone. */
__attribute__((naked, noreturn, used)) void _start(void)
{
	__asm__("xor %%ebp, %%ebp\n\tand $-16, %%rsp\n\tcall %P0" : : "i"(run));
}
