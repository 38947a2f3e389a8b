#!/bin/sh
# Rebuilds prebuilt/policy.bc, or the file named as the first argument. Paths are relative to this directory, so the
# bytes do not depend on where the checkout lies. The source is embedded, or the compiler would look for it in its own
# working directory when it emits an object.
set -eu
case ${1-} in
'') output=prebuilt/policy.bc ;;
/*) output=$1 ;;
*) output=$PWD/$1 ;;
esac
cd "$(dirname "$0")"
exec "${CLANG:-clang-19}" -target bpf -mcpu=v3 -O2 -gdwarf-5 -gembed-source -emit-llvm \
	-ffile-compilation-dir=. -Wall -Wextra -Werror -c policy.bpf.c -o "$output"
