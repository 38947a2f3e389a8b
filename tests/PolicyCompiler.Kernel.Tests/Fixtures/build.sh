#!/bin/sh
# Rebuilds the fixture objects with clang 19 and the libbpf headers.
set -eu
cd "$(dirname "$0")"
# The logs beside the objects are what a 6.18 kernel said about them (bpftool prog load).
clang='clang-19 -O2 -g -target bpf -mcpu=v3 -Wall -Wno-unused-variable -fdebug-compilation-dir=. -I../../../bpf-templates/include -c'
arch=$(uname -m)
for object in loader null-check:1 packet-bounds:2 map-bounds:3 endless-loop:4; do
	name=${object%%:*}
	case $object in
	*:*) $clang -I"/usr/include/$arch-linux-gnu" -DREASON="${object##*:}" rejected.bpf.c -o "$name.bpf.o" ;;
	*) $clang -I"/usr/include/$arch-linux-gnu" "$name.bpf.c" -o "$name.bpf.o" ;;
	esac
	llvm-strip-19 -g "$name.bpf.o"
done
