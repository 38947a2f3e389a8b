#!/bin/sh
# Rebuilds prebuilt/loader, or the file named as the first argument. The bytes do not depend on where the checkout lies,
# nor on the C library's start files.
set -eu
case ${1-} in
'') output=prebuilt/loader ;;
/*) output=$1 ;;
*) output=$PWD/$1 ;;
esac
cd "$(dirname "$0")"
"${CLANG:-clang-19}" --target=x86_64-linux-gnu -std=gnu11 -Os -fno-ident -fno-asynchronous-unwind-tables -fno-stack-protector \
	-U_FORTIFY_SOURCE -fno-pie -no-pie -nostartfiles -Wall -Wextra -Werror \
	-Wl,-s,--build-id=none,--hash-style=gnu,-z,noseparate-code loader.c -lbpf -o "$output"
chmod 0644 "$output"
