#!/usr/bin/env bash
# Makes the secrets that docker-compose.yml mounts, each a random value in a file of its own. Never overwrites one.
#   deploy/make-secrets.sh                          all that are missing
#   deploy/make-secrets.sh device SITE NAME         an MQTT account for a device or controller; prints its password once
# The folder is readable by its owner only (0700). The files in it are 0444, because each container runs as another user and must read its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=${SMARTFARM_SECRETS:-secrets}
umask 077
mkdir -p "$folder" && chmod 0700 "$folder"

random() { head -c 32 /dev/urandom | base64 | tr -d '/+=\n'; }

make() {
  [[ -s $folder/$1 ]] && return 0
  printf '%s' "$(random)" > "$folder/$1.new"
  chmod 0444 "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
  echo "made $folder/$1"
}

add_device() {
  local name='^[a-z0-9][a-z0-9_-]{0,63}$' password
  [[ $1 =~ $name && $2 =~ $name ]] || { echo "A site or device name is made of a-z 0-9 _ - and begins with a letter or digit (at most 64)." >&2; exit 1; }
  grep -q "^$1/$2:" "$folder/mqtt_devices" && { echo "$1/$2 has an account already. Remove its line from $folder/mqtt_devices to make a new one." >&2; exit 1; }
  password=$(random)
  { cat "$folder/mqtt_devices"; printf '%s:%s\n' "$1/$2" "$password"; } > "$folder/mqtt_devices.new"
  chmod 0444 "$folder/mqtt_devices.new"
  # Written in place: the container has this very file mounted.
  chmod 0644 "$folder/mqtt_devices" && cat "$folder/mqtt_devices.new" > "$folder/mqtt_devices" && chmod 0444 "$folder/mqtt_devices"
  rm -f "$folder/mqtt_devices.new"
  echo "user $1/$2 password $password"
  echo "Now: docker compose restart mosquitto"
}

make influx_admin_password
make influx_admin_token
make grafana_influx_password
make grafana_admin_password
make mqtt_backend_password
make mqtt_health_password
[[ -e $folder/mqtt_devices ]] || { : > "$folder/mqtt_devices"; chmod 0444 "$folder/mqtt_devices"; echo "made $folder/mqtt_devices (no device yet)"; }

case ${1:-} in
  "") ;;
  device) [[ $# -eq 3 ]] || { echo "Usage: deploy/make-secrets.sh device SITE NAME" >&2; exit 2; }; add_device "$2" "$3" ;;
  *) echo "Usage: deploy/make-secrets.sh [device SITE NAME]" >&2; exit 2 ;;
esac
