#!/bin/bash
# Runs inside a mount namespace of its own:
#   extend.sh download WORK [package…]   fetches the packages that installing would need
#   extend.sh install  WORK [package…]   installs them over WORK/lower; WORK/upper becomes the layer
set -euo pipefail

action=$1
work=$2
shift 2
export ROOT=$work/root

apt_in_root() {
  apt-get --quiet --yes --no-install-recommends \
    -o "Dir::State::status=$ROOT/var/lib/dpkg/status" \
    -o "Dir::State::extended_states=$ROOT/var/lib/apt/extended_states" \
    -o "Dir::Cache::archives=$1" \
    -o "DPkg::Chroot-Directory=$ROOT" \
    -o DPkg::Install::Recursive=false \
    -o DPkg::Use-Pty=false \
    -o Debug::NoLocking=true \
    "${@:2}"
}

in_root() {
  env --unset=APT_CONFIG --unset=APT_ARCHIVES PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin chroot "$ROOT" "$@"
}

mount_root() {
  mount -t overlay overlay -o "lowerdir=$work/lower,upperdir=$work/upper,workdir=$work/overlay,redirect_dir=off,index=off" "$ROOT"
  mount --bind /dev "$ROOT/dev"
  mount -t proc proc "$ROOT/proc"
  mount -t tmpfs tmpfs "$ROOT/run"
  mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"
  mount -t tmpfs -o mode=1777 tmpfs "$ROOT/var/tmp"
  mount --bind "$APT_ARCHIVES" "$ROOT/var/cache/apt/archives"
}

clean_root() {
  find "$ROOT/var/log" -type f -delete
  rm -f "$ROOT/var/cache/ldconfig/aux-cache" "$ROOT"/var/cache/apt/*.bin "$ROOT/var/lib/dpkg/lock" "$ROOT/var/lib/dpkg/lock-frontend"
  rm -f "$ROOT"/var/lib/dpkg/*-old "$ROOT"/var/cache/debconf/*-old "$ROOT"/etc/{passwd,group,shadow,gshadow}-
}

# A layer says "removed" with .wh. files, an overlay with device nodes and attributes.
# Comparing the trees finds every removal, whichever way the overlay recorded it.
write_whiteouts() {
  comm -23 <(cd "$work/lower" && find . | LC_ALL=C sort) <(cd "$ROOT" && find . -xdev | LC_ALL=C sort) >"$work/removed"
  umount --recursive "$ROOT"
  find "$work/upper" -type c -delete
  while IFS= read -r path; do
    parent=$work/upper/$(dirname "$path")
    if [ ! -e "$work/upper/$path" ] && [ -d "$parent" ]; then touch "$parent/.wh.$(basename "$path")"; fi
  done <"$work/removed"
}

mount_root
case $action in
  download)
    if [ $# -gt 0 ]; then apt_in_root "$APT_ARCHIVES" install --download-only "$@"; fi
    ;;
  install)
    source "$work/before.sh"
    if [ $# -gt 0 ]; then apt_in_root "$ROOT/var/cache/apt/archives" install --no-download "$@"; fi
    source "$work/after.sh"
    clean_root
    write_whiteouts
    ;;
esac
