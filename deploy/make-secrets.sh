#!/usr/bin/env bash
# Makes the secrets that docker-compose.yml mounts, each a random value in a file of its own. Never overwrites one.
#   deploy/make-secrets.sh                          all that are missing
#   deploy/make-secrets.sh device SITE NAME         an MQTT account for a device or controller; prints its password once
#   deploy/make-secrets.sh simulator                the account of the simulator, for `docker compose --profile simulator`
#   deploy/make-secrets.sh tls HOST…                a certificate for the broker under these names and addresses, and the authority that signed it (openssl)
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

# Accounts stand in one file, which containers have mounted: so it is written in place.
add_account() {
  { cat "$folder/mqtt_devices"; printf '%s:%s\n' "$1" "$2"; } > "$folder/mqtt_devices.new"
  chmod 0644 "$folder/mqtt_devices" && cat "$folder/mqtt_devices.new" > "$folder/mqtt_devices" && chmod 0444 "$folder/mqtt_devices"
  rm -f "$folder/mqtt_devices.new"
}

add_device() {
  local name='^[a-z0-9][a-z0-9_-]{0,63}$' password
  [[ $1 =~ $name && $2 =~ $name ]] || { echo "A site or device name is made of a-z 0-9 _ - and begins with a letter or digit (at most 64)." >&2; exit 1; }
  grep -q "^$1/$2:" "$folder/mqtt_devices" && { echo "$1/$2 has an account already. Remove its line from $folder/mqtt_devices to make a new one." >&2; exit 1; }
  password=$(random)
  add_account "$1/$2" "$password"
  echo "user $1/$2 password $password"
  echo "Now: docker compose restart mosquitto"
}

add_simulator() {
  make mqtt_simulator_password
  grep -q '^simulator:' "$folder/mqtt_devices" && return 0
  add_account simulator "$(cat "$folder/mqtt_simulator_password")"
  echo "Now: docker compose restart mosquitto && docker compose --profile simulator up -d --build"
}

# An authority of this farm's own: give mqtt_ca_certificate to the devices. Run again after two years, or for other names; the authority stays.
make_tls() {
  local names='' host
  command -v openssl > /dev/null || { echo "openssl is not installed." >&2; exit 1; }
  for host in "$@"; do
    [[ $host =~ ^[A-Za-z0-9.:-]+$ ]] || { echo "'$host' is no host name and no address." >&2; exit 1; }
    if [[ $host =~ ^[0-9.]+$ || $host == *:* ]]; then names+="${names:+,}IP:$host"; else names+="${names:+,}DNS:$host"; fi
  done
  [[ -s $folder/mqtt_ca_key ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=SmartFarm authority" \
    -addext "keyUsage=critical,keyCertSign" -keyout "$folder/mqtt_ca_key" -out "$folder/mqtt_ca_certificate" 2> /dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$folder/mqtt_tls_key.new" -out "$folder/request" 2> /dev/null
  openssl x509 -req -in "$folder/request" -CA "$folder/mqtt_ca_certificate" -CAkey "$folder/mqtt_ca_key" -days 730 \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:FALSE\n' "$names") -out "$folder/mqtt_tls_certificate.new" 2> /dev/null
  rm -f "$folder/request"
  chmod 0400 "$folder/mqtt_ca_key"
  chmod 0444 "$folder/mqtt_ca_certificate" "$folder/mqtt_tls_key.new" "$folder/mqtt_tls_certificate.new"
  mv "$folder/mqtt_tls_key.new" "$folder/mqtt_tls_key"
  mv "$folder/mqtt_tls_certificate.new" "$folder/mqtt_tls_certificate"
  echo "made $folder/mqtt_tls_certificate for $names. Devices trust $folder/mqtt_ca_certificate"
  echo "Now: docker compose -f docker-compose.yml -f docker-compose.tls.yml up -d --force-recreate mosquitto"
}

make_contacts() {
  [[ -e $folder/alert_contacts ]] && return 0
  cat > "$folder/alert_contacts" << 'END'
# Who is told of alerts, beside the MQTT topic smartfarm/alerts: one NAME=value a line, then "docker compose restart grafana". See docs/operations.md.
#SMARTFARM_ALERT_EMAIL=grower@example.org;office@example.org
#GF_SMTP_ENABLED=true
#GF_SMTP_HOST=mail.example.org:587
#GF_SMTP_USER=farm@example.org
#GF_SMTP_PASSWORD=
#GF_SMTP_FROM_ADDRESS=farm@example.org
#SMARTFARM_ALERT_TELEGRAM_TOKEN=
#SMARTFARM_ALERT_TELEGRAM_CHAT=
#SMARTFARM_ALERT_WEBHOOK=https://example.org/alerts
END
  chmod 0644 "$folder/alert_contacts"
  echo "made $folder/alert_contacts (nobody yet)"
}

make influx_admin_password
make influx_admin_token
make grafana_influx_password
make grafana_admin_password
make mqtt_backend_password
make mqtt_health_password
make mqtt_alerts_password
make_contacts
[[ -e $folder/mqtt_devices ]] || { : > "$folder/mqtt_devices"; chmod 0444 "$folder/mqtt_devices"; echo "made $folder/mqtt_devices (no device yet)"; }

case ${1:-} in
  "") ;;
  device) [[ $# -eq 3 ]] || { echo "Usage: deploy/make-secrets.sh device SITE NAME" >&2; exit 2; }; add_device "$2" "$3" ;;
  simulator) add_simulator ;;
  tls) [[ $# -ge 2 ]] || { echo "Usage: deploy/make-secrets.sh tls HOST…" >&2; exit 2; }; shift; make_tls "$@" ;;
  *) echo "Usage: deploy/make-secrets.sh [device SITE NAME | simulator | tls HOST…]" >&2; exit 2 ;;
esac
