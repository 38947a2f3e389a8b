#!/bin/sh
# Compiles the comparison programs into the directory named as the argument, prebuilt/ by default.
set -eu
case ${1-} in
'') output=prebuilt ;;
/*) output=$1 ;;
*) output=$PWD/$1 ;;
esac
cd "$(dirname "$0")"
mkdir -p "$output"
compile() {
	"${CLANG:-clang-19}" -target bpf -mcpu=v3 -O2 -g -ffile-compilation-dir=. -Wall -Wextra -Wno-unused-parameter -Werror \
		-I . "$@"
}
for name in parse lru cilium_like vary; do
	compile -c $name.bpf.c -o "$output/$name.o"
done
for count in 1 100 12500; do
	python3 linear.py $count | compile -x c -c - -o "$output/linear-$count.o"
done
# Line information is most of a chain of rules, and no use here.
for object in "$output"/*.o; do
	"${OBJCOPY:-llvm-objcopy-19}" --strip-debug --remove-section .BTF.ext --remove-section .rel.BTF.ext "$object"
done
