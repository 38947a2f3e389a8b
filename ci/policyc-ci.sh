#!/bin/sh
# Checks network policies with policyc in a CI job. All templates beside this file call it; it runs anywhere else as well:
#   ci/policyc-ci.sh [PATH... [OPTION...]]
# A PATH is a file or directory of policies, or a .flow file of assertions; each OPTION is one of 'policyc compile'.
# Exit codes are those of policyc: 0 fine, 1 findings, 2 usage, 3 the machine lacks something, 70 a bug of policyc.
#
# POLICYC_PATHS         what to compile when no PATH is given, separated by spaces
# POLICYC_VERIFY        kernel (the default); none; auto: kernel where this machine can, else none, which is said
# POLICYC_OUTPUT        folder for the bundle; empty: none is written
# POLICYC_ARGS          further options of 'policyc compile', separated by spaces
# POLICYC_LINT          true (the default): lint as well; false
# POLICYC_ASSERTIONS    files and folders of assertions that must hold beside the .flow files among the paths, separated by
#                       spaces; auto (the default): the .flow files below the paths, if there are any; empty: none at all
# POLICYC_AGAINST       an earlier state to compare every flow with: a git revision such as origin/main..., REVISION:PATH, a
#                       path or a bundle; empty: none
# POLICYC_FAIL_ON       kinds of differences that fail, separated by spaces; default: widened
# POLICYC_ALLOW         file of flows whose differences are tolerated; empty: none
# POLICYC_CHANGES       file for what changes as a page to look at; empty: none
# POLICYC_WITH          what is not in the earlier state and the same in both, such as the cluster's workloads; empty: none
# POLICYC_JUNIT         file for the results of the assertions as JUnit XML, removed when there are none; empty: none
# POLICYC_ANNOTATIONS   true: the findings as annotations of GitHub too; false (the default)
# POLICYC_SARIF         file for the findings as SARIF; empty: none
# POLICYC_CODE_QUALITY  file for the findings as GitLab's Code Quality report; empty: none
# POLICYC_SUMMARY       file that the Markdown summary is appended to; default: GitHub's, empty: none
# POLICYC_VERSION       version of the tool to install; default: the newest
# POLICYC_FEED          package feed to install it from, a folder or an address; default: the configured ones
# POLICYC_TOOLS         folder to install it to; default: below the user's cache
# POLICYC_INSTALL       auto (the default): install what is missing; never: say what is missing
# POLICYC_SUDO          auto (the default): sudo for packages and for kernel verification when not root; never
set -eu

fail() {
	echo "policyc-ci: $1" >&2
	exit "$2"
}

may_install() { [ "${POLICYC_INSTALL:-auto}" != never ]; }

# as_root COMMAND...: directly, or through sudo where it asks no password.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif can_sudo; then
		sudo -n "$@"
	else
		return 1
	fi
}

can_sudo() { [ "${POLICYC_SUDO:-auto}" != never ] && command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }

has_library() {
	if command -v ldconfig >/dev/null 2>&1; then
		ldconfig -p 2>/dev/null | grep -q "[[:space:]]$1 "
		return
	fi
	# Users other than root often have no ldconfig on their PATH.
	for folder in "/usr/lib/$(uname -m)-linux-gnu" /usr/lib64 /usr/lib; do
		[ ! -e "$folder/$1" ] || return 0
	done
	return 1
}

install_libraries() {
	packages=''
	has_library libLLVM.so.19.1 || packages="$packages libllvm19"
	[ "$verify" = none ] || has_library libbpf.so.1 || packages="$packages libbpf1"
	[ -n "$packages" ] || return 0
	advice="needs the packages$packages: apt-get install --no-install-recommends$packages"
	may_install || fail "$advice" 3
	command -v apt-get >/dev/null 2>&1 || fail "$advice (this system has no apt-get; install what corresponds)" 3
	echo "policyc-ci: installing$packages" >&2
	# A fresh container has no package lists. The names hold no spaces.
	# shellcheck disable=SC2086
	as_root apt-get install -y -q --no-install-recommends $packages >/dev/null 2>&1 \
		|| { as_root apt-get update -q >/dev/null && as_root apt-get install -y -q --no-install-recommends $packages >/dev/null; } \
		|| fail "$advice" 3
}

# Sets $policyc.
find_policyc() {
	tools=${POLICYC_TOOLS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/policyc-ci/${POLICYC_VERSION:-newest}}
	if policyc=$(command -v policyc) && [ "${POLICYC_VERSION:-$("$policyc" --version)}" = "$("$policyc" --version)" ]; then
		return
	fi
	policyc=$tools/policyc
	if [ -x "$policyc" ] && { [ -n "${POLICYC_VERSION:-}" ] || ! may_install; }; then
		return
	fi
	advice="needs policyc: dotnet tool install policyc${POLICYC_VERSION:+ --version $POLICYC_VERSION}"
	may_install || fail "$advice" 3
	command -v dotnet >/dev/null 2>&1 || fail "needs the .NET 10 SDK, and then $advice" 3
	echo "policyc-ci: installing policyc ${POLICYC_VERSION:-(newest)}" >&2
	# 'update' installs what is not there, and moves an older one.
	set -- tool update policyc --tool-path "$tools"
	[ -z "${POLICYC_VERSION:-}" ] || set -- "$@" --version "$POLICYC_VERSION"
	[ -z "${POLICYC_FEED:-}" ] || set -- "$@" --add-source "$POLICYC_FEED"
	DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 dotnet "$@" >&2 || fail "could not install policyc" 3
}

# run_policyc ARGUMENT...: as root when the kernel is asked and this user may not.
run_policyc() {
	if [ "$verify" = none ] || [ "$(id -u)" -eq 0 ] || ! can_sudo; then
		"$policyc" "$@"
	else
		sudo -n env "PATH=$PATH" ${DOTNET_ROOT:+"DOTNET_ROOT=$DOTNET_ROOT"} ${CI:+"CI=$CI"} "$policyc" "$@" || return $?
	fi
}

# What root has written belongs to the job's user, who must be able to remove it.
give_back() {
	[ "$(id -u)" -ne 0 ] || return 0
	for file in "${POLICYC_OUTPUT:-}" "${POLICYC_JUNIT:-}" "${POLICYC_CHANGES:-}" "${POLICYC_SARIF:-}" "${POLICYC_CODE_QUALITY:-}" "$summary"; do
		[ -z "$file" ] || [ ! -e "$file" ] || [ -O "$file" ] || as_root chown -R "$(id -u):$(id -g)" "$file" || true
	done
}

is_assertion_file() {
	case $1 in
	*.[Ff][Ll][Oo][Ww]) [ ! -d "$1" ] ;;
	*) return 1 ;;
	esac
}

# As policyc reads a folder: through links, and whatever the case. What cannot be read, policyc says.
has_assertions() { [ -d "$1" ] && [ -n "$(find -L "$1" -type f -name '*.[Ff][Ll][Oo][Ww]' -print 2>/dev/null | head -n 1)" ]; }

# check_switch NAME VALUE
check_switch() {
	case $2 in
	true | false) ;;
	*) fail "$1 is true or false, not '$2'" 2 ;;
	esac
}

verify=${POLICYC_VERIFY:-kernel}
case $verify in
kernel | none | auto) ;;
*) fail "POLICYC_VERIFY is kernel, none or auto, not '$verify'" 2 ;;
esac
lint=${POLICYC_LINT:-true}
check_switch POLICYC_LINT "$lint"
annotations=${POLICYC_ANNOTATIONS:-false}
check_switch POLICYC_ANNOTATIONS "$annotations"
# Paths and options are separated by spaces here; patterns in them name files.
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- ${POLICYC_PATHS:-}
[ $# -gt 0 ] || fail 'no paths: give them as arguments or in POLICYC_PATHS' 2

# Words before the first option are paths; what follows may be the value of one. Each word goes from the front to the end, so
# that it stays whole.
wanted=${POLICYC_ASSERTIONS-auto}
policies=''
assertions=''
options=''
for word; do
	shift
	case $word in
	-?*) options=true ;;
	esac
	if [ -z "$options" ] && is_assertion_file "$word"; then
		[ -z "$wanted" ] || { assertions=true && set -- "$@" --assertions "$word"; }
		continue
	fi
	set -- "$@" "$word"
	[ -z "$options" ] || continue
	policies=true
	[ "$wanted" != auto ] || ! has_assertions "$word" || { assertions=true && set -- "$@" --assertions "$word"; }
done
[ -n "$policies" ] || fail 'no policies: name their files and directories, before any option' 2
if [ "$wanted" != auto ]; then
	for path in $wanted; do
		assertions=true
		set -- "$@" --assertions "$path"
	done
fi
# Results of an earlier run would pass for those of one that does not get that far.
[ -z "${POLICYC_JUNIT:-}" ] || rm -f "$POLICYC_JUNIT"

install_libraries
find_policyc
if [ "$verify" = auto ]; then
	verify=kernel
	if ! run_policyc doctor --format json | grep -q '"verify": true'; then
		verify=none
		echo 'policyc-ci: this machine cannot verify (see: policyc doctor); the programs stay UNVERIFIED' >&2
	fi
fi

[ -z "$assertions" ] || [ -z "${POLICYC_JUNIT:-}" ] || set -- "$@" --junit "$POLICYC_JUNIT"
[ "$lint" = false ] || set -- "$@" --lint
if [ -n "${POLICYC_AGAINST:-}" ]; then
	set -- "$@" --against "$POLICYC_AGAINST"
	for kind in ${POLICYC_FAIL_ON-widened}; do
		set -- "$@" --fail-on "$kind"
	done
	[ -z "${POLICYC_ALLOW:-}" ] || set -- "$@" --allow "$POLICYC_ALLOW"
	[ -z "${POLICYC_CHANGES:-}" ] || set -- "$@" --changes "$POLICYC_CHANGES"
fi
for path in ${POLICYC_WITH:-}; do
	# Without an earlier state there is nothing that it would be the same in.
	[ -z "${POLICYC_AGAINST:-}" ] || set -- "$@" --with
	set -- "$@" "$path"
done
[ "$annotations" = false ] || set -- "$@" --github
# shellcheck disable=SC2086
set -- "$@" --verify "$verify" ${POLICYC_ARGS:-}
[ -z "${POLICYC_OUTPUT:-}" ] || set -- "$@" --output "$POLICYC_OUTPUT"
[ -z "${POLICYC_SARIF:-}" ] || set -- "$@" --sarif "$POLICYC_SARIF"
[ -z "${POLICYC_CODE_QUALITY:-}" ] || set -- "$@" --code-quality "$POLICYC_CODE_QUALITY"
summary=${POLICYC_SUMMARY-${GITHUB_STEP_SUMMARY:-}}
[ -z "$summary" ] || set -- "$@" --summary "$summary"

status=0
run_policyc compile "$@" || status=$?
give_back
if [ -n "${GITHUB_OUTPUT:-}" ]; then
	echo "exit-code=$status" >>"$GITHUB_OUTPUT"
	[ ! -f "${POLICYC_SARIF:-}" ] || echo "sarif=$POLICYC_SARIF" >>"$GITHUB_OUTPUT"
fi
exit "$status"
