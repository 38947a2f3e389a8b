#!/usr/bin/env bash
# Generates the parser of Flow.g4 in C#. Usage: grammar/generate.sh [DIRECTORY]; without one, into the sources, where the
# result is checked in: building needs neither npm nor Java. Exit code 3: the generator cannot be had.
set -euo pipefail
grammar=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
generator=antlr-ng@1.0.10
output=${1:-"$grammar/../src/PolicyCompiler.Assertions/Generated"}
command -v npm >/dev/null || { echo 'generate.sh: needs npm' >&2; exit 3; }
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
npm install --silent --no-audit --no-fund --no-save --prefix "$temporary" "$generator" >&2 || { echo "generate.sh: npm cannot install $generator" >&2; exit 3; }
# In the grammar's folder, because the path as given ends in the generated files.
(cd "$grammar" && "$temporary/node_modules/.bin/antlr-ng" -Dlanguage=CSharp --generate-listener false --generate-visitor true \
	--package PolicyCompiler.Assertions.Generated -o "$temporary/out" Flow.g4)
mkdir -p "$output"
for file in "$temporary"/out/*.cs; do
	sed 's/[ \t\r]*$//' "$file" >"$output/$(basename "$file")"
done
