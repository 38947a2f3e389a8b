# Sourced by ./policyc, ./test and .ci/run: installs what a bare Debian machine lacks, and builds once.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# install_packages PURPOSE PACKAGE...: apt packages, with a clear word when that is not possible.
install_packages() {
	local purpose=$1
	shift
	if [ "$(id -u)" -ne 0 ]; then
		echo "policyc: $purpose needs the Debian packages: $*" >&2
		echo "policyc: run as root once, or: sudo apt-get install --no-install-recommends $*" >&2
		exit 3
	fi
	echo "policyc: installing $* ($purpose)" >&2
	mkdir -p "$root/artifacts"
	local log="$root/artifacts/apt.log"
	{
		apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }
	} >"$log" 2>&1 || {
		tail -5 "$log" >&2
		echo "policyc: could not install $*; install them by hand and try again" >&2
		exit 3
	}
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || [ -e "/usr/lib/$(uname -m)-linux-gnu/$1" ]; }

# What policyc itself needs at run time.
bootstrap_runtime() {
	local missing=()
	has_library libLLVM.so.19.1 || missing+=(libllvm19)
	has_library libbpf.so.1 || missing+=(libbpf1)
	[ ${#missing[@]} -eq 0 ] || install_packages 'code generation and verification' "${missing[@]}"
	if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^1[0-9]\.'; then
		echo 'policyc: needs the .NET 10 SDK: https://dotnet.microsoft.com/download' >&2
		exit 3
	fi
}

# What the tests need besides: the compiler of the templates, network namespaces, an emulator for other
# kernels, a browser for the report, and what the CI templates are checked with.
bootstrap_test_tools() {
	local missing=()
	command -v clang-19 >/dev/null || missing+=(clang-19)
	command -v llvm-link-19 >/dev/null || missing+=(llvm-19)
	[ -e /usr/include/bpf/bpf_helpers.h ] || missing+=(libbpf-dev)
	command -v ip >/dev/null || missing+=(iproute2)
	command -v tcpdump >/dev/null || missing+=(tcpdump)
	command -v shellcheck >/dev/null || missing+=(shellcheck)
	command -v pre-commit >/dev/null || missing+=(pre-commit)
	command -v qemu-system-x86_64 >/dev/null || missing+=(qemu-system-x86)
	command -v chromium >/dev/null || missing+=(chromium)
	[ ${#missing[@]} -eq 0 ] || install_packages 'tests' "${missing[@]}"
}

is_built() {
	local stamp="$root/artifacts/policyc/.stamp"
	[ -x "$root/artifacts/policyc/policyc" ] && [ -e "$stamp" ] \
		&& [ -z "$(find "$root/src" "$root/bpf-templates" "$root/guest" "$root/docs/diagnostics" "$root"/Directory.* "$root/global.json" \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# Publishes the command line to artifacts/policyc when a source is newer than the last build.
bootstrap_build() {
	if is_built; then
		return
	fi
	mkdir -p "$root/artifacts/policyc"
	# One build at a time. The compiler server outlives the build, so it must not inherit the lock.
	exec 9>"$root/artifacts/build.lock"
	flock 9
	if ! is_built; then
		echo 'policyc: building (once)' >&2
		# As old as the start of the build: a source saved during it is built next time.
		touch "$root/artifacts/.stamp"
		dotnet publish "$root/src/PolicyCompiler.Cli/PolicyCompiler.Cli.csproj" -c Release -o "$root/artifacts/policyc" -v quiet -nologo \
			>"$root/artifacts/build.log" 2>&1 9>&- || {
			cat "$root/artifacts/build.log" >&2
			echo 'policyc: the build failed' >&2
			exit 70
		}
		mv "$root/artifacts/.stamp" "$root/artifacts/policyc/.stamp"
	fi
	exec 9>&-
}
