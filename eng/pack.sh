#!/usr/bin/env bash
# Makes the packages of a release: eng/pack.sh [DIRECTORY], by default artifacts/packages. The same commit gives the same
# bytes, wherever the checkout lies. Builds in a folder of its own, so that the builds of development stay as they are.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
output=$(mkdir -p "${1:-$root/artifacts/packages}" && cd "${1:-$root/artifacts/packages}" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
cd "$root"

# As old as the commit; without git, the age that the packages have by default.
if epoch=$(git log -1 --format=%ct 2>/dev/null); then
	export SOURCE_DATE_EPOCH=$epoch
fi
obj="$root/artifacts/pack"
sbom="$root/artifacts/sbom/bom.cdx.json"
options=(-v quiet -nologo -p:ArtifactsPath="$obj" -p:ContinuousIntegrationBuild=true -p:PolicycReadyToRun=true
	-p:EnforceCodeStyleInBuild=false -p:RunAnalyzers=false)
for project in Cli MSBuild; do
	dotnet restore "src/PolicyCompiler.$project" "${options[@]}"
done
version=$(dotnet msbuild src/PolicyCompiler.Cli "${options[@]}" -t:MinVer -getProperty:PackageVersion)

# What is inside, as CycloneDX. Its time is the only thing in it that a second run would change.
dotnet tool restore --verbosity quiet >/dev/null
mkdir -p "$(dirname "$sbom")"
dotnet tool run dotnet-CycloneDX src/PolicyCompiler.Cli/PolicyCompiler.Cli.csproj --disable-package-restore --exclude-dev \
	--base-intermediate-output-path "$obj" --no-serial-number --set-name policyc --set-version "$version" \
	--output "$(dirname "$sbom")" --filename "$(basename "$sbom")" --output-format Json >"$root/artifacts/sbom/log"
if ! grep -q '"purl"' "$sbom"; then
	cat "$root/artifacts/sbom/log" >&2
	echo 'pack: the list of contents is empty' >&2
	exit 1
fi
sed -i "s/\"timestamp\": \"[^\"]*\"/\"timestamp\": \"$(date -u -d "@${SOURCE_DATE_EPOCH:-1735689600}" +%Y-%m-%dT%H:%M:%SZ)\"/" "$sbom"

for project in Cli MSBuild; do
	dotnet pack "src/PolicyCompiler.$project" --no-restore -c Release "${options[@]}" -p:PolicycSbom="$sbom" -o "$output"
done
echo "$version"
