#!/bin/sh
# Collects the accounts from the secrets, hashes the passwords and starts the broker. The plain text never leaves memory (tmpfs).
set -eu
secrets=${1:-/run/secrets} passwords=${2:-/run/mosquitto/passwords} config=${3:-/mosquitto/config/mosquitto.conf}
umask 077
{
  printf 'backend:%s\n' "$(cat "$secrets/mqtt_backend_password")"
  printf 'health:%s\n' "$(cat "$secrets/mqtt_health_password")"
  printf 'alerts:%s\n' "$(cat "$secrets/mqtt_alerts_password")"
  cat "$secrets/mqtt_devices"
} > "$passwords"
mosquitto_passwd -U "$passwords"
exec mosquitto -c "$config"
