#!/bin/sh
# Rebuilds the fixture objects with clang 19 and the libbpf headers.
set -eu
cd "$(dirname "$0")"
# The logs beside the objects are what a 6.18 kernel said about them (bpftool prog load).
clang='clang-19 -O2 -g -target bpf -Wall -Wno-unused-variable -fdebug-compilation-dir=. -I../../../bpf-templates/include -c'
arch=$(uname -m)
build() {
	source=$1 name=$2
	shift 2
	$clang -I"/usr/include/$arch-linux-gnu" "$@" "$source.bpf.c" -o "$name.bpf.o"
	llvm-strip-19 -g "$name.bpf.o"
}
build loader loader -mcpu=v3
build rejected null-check -mcpu=v3 -DREASON=1
build rejected packet-bounds -mcpu=v3 -DREASON=2
build rejected map-bounds -mcpu=v3 -DREASON=3
build rejected endless-loop -mcpu=v3 -DREASON=4
build newer kernel-function -mcpu=v3 -DREASON=1
build newer newer-helper -mcpu=v3 -DREASON=2
build newer newer-instruction -mcpu=v4 -DREASON=3
