#!/usr/bin/env bash
# Installs a release of scimdrill: INPUT_VERSION, for RUNNER_OS and RUNNER_ARCH. The archive may
# come from a cache; its checksum is always that of the release.
set -euo pipefail

releases="${SCIMDRILL_RELEASES:-https://github.com/scimdrill/scimdrill/releases/download}"

fail() {
	echo "::error title=scimdrill::$1"
	exit 2
}

version="$INPUT_VERSION"
[[ "$version" =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || fail "the input version must be a release such as v0.9.0"
case "$RUNNER_OS" in
Linux) os=linux kind=tar.gz ;;
macOS) os=darwin kind=tar.gz ;;
Windows) os=windows kind=zip ;;
*) fail "there is no release for this operating system" ;;
esac
case "$RUNNER_ARCH" in
X64) arch=amd64 ;;
ARM64) arch=arm64 ;;
*) fail "there is no release for this processor" ;;
esac

archive="scimdrill_${version#v}_${os}_$arch.$kind"
kept="$RUNNER_TEMP/scimdrill-archive"
bin="$RUNNER_TEMP/scimdrill-bin"
mkdir -p "$kept" "$bin"
cd "$kept"

get() { curl --fail --silent --show-error --location --retry 3 --output "$1" "$releases/$version/$1"; }
matches() {
	local line
	line="$(grep -E "^[0-9a-f]{64} [ *]${archive//./\\.}\$" checksums.txt)" || fail "checksums.txt of $version has no line for $archive"
	if command -v sha256sum >/dev/null; then
		echo "$line" | sha256sum --check --status
	else
		echo "$line" | shasum -a 256 --check --status
	fi
}

get checksums.txt || fail "the release $version was not found"
if ! [ -f "$archive" ] || ! matches; then
	get "$archive" || fail "$archive was not found in the release $version"
	matches || fail "the checksum of $archive is not that of the release"
fi

if [ "$kind" = zip ]; then
	unzip -q -o "$archive" scimdrill.exe -d "$bin"
else
	tar -xzf "$archive" -C "$bin" scimdrill
fi
echo "$bin" >>"$GITHUB_PATH"
