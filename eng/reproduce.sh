#!/usr/bin/env bash
# Packs the commit that is checked out twice, here and in a fresh clone elsewhere, and compares the bytes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ -n "$(git -C "$root" status --porcelain)" ]; then
	echo 'reproduce: there are changes that no commit has' >&2
	exit 2
fi
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
git clone -q "$root" "$temporary/elsewhere"
# A clone of a clone has another origin, and the origin is part of the packages.
if origin=$(git -C "$root" remote get-url origin 2>/dev/null); then
	git -C "$temporary/elsewhere" remote set-url origin "$origin"
else
	git -C "$temporary/elsewhere" remote remove origin
fi
"$root/eng/pack.sh" "$temporary/here"
"$temporary/elsewhere/eng/pack.sh" "$temporary/there"
(cd "$temporary/here" && sha256sum ./*.nupkg) | tee "$temporary/sums"
(cd "$temporary/there" && sha256sum -c "$temporary/sums")
