# Sourced by ./hotspot and ./test.sh, which set `root`: finds out what the machine lacks and supplies it.
# Everything said here goes to stderr; stdout belongs to the command.
# shellcheck shell=bash disable=SC2086 # ids and needs are lists of words

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
state=$root/.setup

# A family: its folder here | the system packages its build needs, each a command of that name or told by a file | the package ids it stands in for.
families=(
    "OnnxRuntime|npm|Microsoft.ML.OnnxRuntime.Managed Microsoft.ML.OnnxRuntime"
    "TorchSharp|cmake make g++ libtorch-dev=/usr/include/ATen/ATen.h libopenblas0-pthread=/usr/lib/*/openblas-pthread/libopenblas.so.0|TorchSharp TorchSharp-cpu"
    "Microsoft.ML||Microsoft.ML.DataView Microsoft.ML"
)

# A substitute has an official name and version, so it must never enter the user's cache.
private_packages='<Project><PropertyGroup><RestorePackagesPath>$(MSBuildThisFileDirectory)../.packages/</RestorePackagesPath></PropertyGroup></Project>'

say() { echo "$*" >&2; }
die() { say "error: $*"; exit 1; }

# set_up_pages: the command line embeds Leaflet, which its build fetches with npm.
set_up_pages() {
    [[ -f $root/src/HotspotInference.Cli/Map/node_modules/leaflet/dist/leaflet.js ]] || is_there npm || install_package npm
}

# set_up REFRESH [NAME...]: system packages, then each family of packages, official or substituted, less the families named, which
# what runs next does without. REFRESH is --refresh or empty.
set_up() {
    local refresh=$1
    shift
    [[ ${HOTSPOT_PACKAGES:-official} =~ ^(official|substitute)$ ]] ||
        die "HOTSPOT_PACKAGES is '$HOTSPOT_PACKAGES'; expected official, substitute or nothing."
    mkdir -p "$state"
    [[ $refresh != --refresh ]] || rm -f "$state"/*.source

    command -v dotnet >/dev/null ||
        die "The .NET 10 SDK is missing. Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
    # Time zones are read from the system. ICU is not: the project runs in invariant mode.
    [[ $OSTYPE != linux* || -e ${TZDIR:-/usr/share/zoneinfo}/America/New_York ]] || install_package tzdata

    local line name needs ids source props=
    for line in "${families[@]}"; do
        IFS='|' read -r name needs ids <<<"$line"
        if [[ " $* " == *" $name "* ]]; then
            # Built before, it still needs its place.
            [[ -f $root/feed/$name.built ]] && props=$private_packages
            continue
        fi
        source=$(package_source "$name" $ids)
        if [[ $source == official ]]; then
            drop_substitute "$name" $ids
        else
            build_substitute "$name" "$needs" $ids
            props=$private_packages
        fi
    done
    write_feed_props "$props"
}

# write_feed_props TEXT: only where it differs, since a newer file would compile everything again.
write_feed_props() {
    local file=$root/feed/feed.props
    if [[ -z $1 ]]; then
        rm -f "$file"
    elif [[ $(cat "$file" 2>/dev/null) != "$1" ]]; then
        echo "$1" >"$file"
    fi
}

# package_source NAME ID...: official or substitute; asks the machine's feeds once and keeps the answer.
package_source() {
    local name=$1 answer=$state/$1.source
    if [[ -n ${HOTSPOT_PACKAGES-} ]]; then
        echo "$HOTSPOT_PACKAGES"
        return
    fi
    if [[ ! -f $answer ]]; then
        ask_feeds "$@" >"$answer.new"
        mv "$answer.new" "$answer"
    fi
    cat "$answer"
}

# ask_feeds NAME ID...: restores the packages, in the versions of Directory.Packages.props, without our own folder source.
ask_feeds() {
    local name=$1 probe=$state/probe
    shift
    say "Asking the package feeds for $* ..."
    rm -rf "$probe"
    mkdir -p "$probe"
    cat >"$probe/NuGet.config" <<-END
		<configuration><disabledPackageSources><add key="feed" value="true" /></disabledPackageSources></configuration>
	END
    # NU1603: another version was found instead.
    cat >"$probe/probe.csproj" <<-END
		<Project Sdk="Microsoft.NET.Sdk">
		  <PropertyGroup><TargetFramework>net10.0</TargetFramework><WarningsAsErrors>NU1603</WarningsAsErrors></PropertyGroup>
		  <ItemGroup>$(printf '<PackageReference Include="%s" />' "$@")</ItemGroup>
		</Project>
	END
    if (cd "$probe" && dotnet restore -p:ImportDirectoryBuildProps=false) </dev/null >"$probe/log" 2>&1; then
        echo official
    elif grep -qE 'error NU1(101|102|603)' "$probe/log"; then
        say "Not there: $name is built here instead."
        echo substitute
    else
        cat "$probe/log" >&2
        die "The package feeds could not be asked: see above. Check 'dotnet nuget list source', or set HOTSPOT_PACKAGES=official or substitute."
    fi
}

# build_substitute NAME NEEDS ID...: unless the packages of these very sources are there.
build_substitute() {
    local name=$1 needs=$2 stamp=$root/feed/$1.built sources need
    shift 2
    sources=$(fingerprint "substitutes/$name" substitutes/Directory.Build.props substitutes/Directory.Packages.props)
    [[ $(cat "$stamp" 2>/dev/null) != "$sources" ]] || return 0

    drop_substitute "$name" "$@"
    for need in $needs; do
        is_there "$need" || install_package "${need%%=*}"
    done
    say "Building the packages of $name ..."
    DeterministicTimestamp=$(timestamp $sources) quietly "$root/substitutes/$name/build.sh" "$root/feed"
    echo "$sources" >"$stamp"
}

# timestamp CHECKSUM ...: other sources, another time in 2025. MSBuild does not copy a file again whose size and time are the same.
timestamp() {
    printf '2025-%02d-%02dT%02d:%02d:00Z' $(($1 % 12 + 1)) $(($1 / 12 % 28 + 1)) $(($1 / 336 % 24)) $(($1 / 8064 % 60))
}

# is_there COMMAND or PACKAGE=FILE
is_there() {
    if [[ $1 == *=* ]]; then compgen -G "${1#*=}"; else command -v "$1"; fi >/dev/null
}

# drop_substitute NAME ID...: also NuGet's unpacked copy, which it would keep for a new package of the same version.
drop_substitute() {
    local id
    rm -f "$root/feed/$1.built"
    shift
    for id in "$@"; do
        rm -rf "$root/feed/$id".[0-9]*.nupkg "$root/.packages/$(tr '[:upper:]' '[:lower:]' <<<"$id")"
    done
}

# fingerprint PATH...: of the contents below the root, build outputs left out. Contents, since a checkout changes times.
fingerprint() {
    (cd "$root" && find "$@" \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print0 |
        sort -z | xargs -0 cksum | cksum)
}

# quietly COMMAND...: at the root (whose global.json names the SDK); its output is shown only where it fails.
quietly() {
    local log=$state/log
    (cd "$root" && "$@") </dev/null >"$log" 2>&1 || { cat "$log" >&2; die "'$*' failed; its output stands above."; }
}

# install_package NAME: on Debian as root; elsewhere says which is missing.
install_package() {
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "Installing $1 ..."
        export DEBIAN_FRONTEND=noninteractive
        quietly apt-get update
        quietly apt-get install -y --no-install-recommends "$1"
    else
        die "The system package '$1' is missing. Install it, for example with: sudo apt-get install $1"
    fi
}
