#!/bin/sh
# Starts Grafana in its container. Passwords are taken from their files here, because what a provisioning file names is read from the environment only.
set -eu
secrets=${1:-/run/secrets} from=${2:-/etc/provisioning} to=${3:-/run/grafana/provisioning} program=${4:-/run.sh}

SMARTFARM_INFLUX_PASSWORD=$(cat "$secrets/grafana_influx_password")
SMARTFARM_ALERT_MQTT_PASSWORD=$(cat "$secrets/mqtt_alerts_password")
export SMARTFARM_INFLUX_PASSWORD SMARTFARM_ALERT_MQTT_PASSWORD

# One NAME=value a line; only names that have to do with contacts, and never as a command.
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    SMARTFARM_ALERT_[A-Z_]*=*|GF_SMTP_[A-Z_]*=*) export "${line%%=*}=${line#*=}" ;;
    ''|'#'*) ;;
    *) echo "alert_contacts: '${line%%=*}' is not known; write SMARTFARM_ALERT_…=value or GF_SMTP_…=value." >&2; exit 2 ;;
  esac
done < "$secrets/alert_contacts"

# Grafana itself speaks no Kazakh.
case ${SMARTFARM_LANGUAGE:-en} in
  en|kk) GF_USERS_DEFAULT_LANGUAGE=en-US ;;
  ru) GF_USERS_DEFAULT_LANGUAGE=ru-RU ;;
  ko) GF_USERS_DEFAULT_LANGUAGE=ko-KR ;;
  *) echo "SMARTFARM_LANGUAGE is '$SMARTFARM_LANGUAGE'; it must be en, ru, kk or ko." >&2; exit 2 ;;
esac
GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=/var/lib/grafana/dashboards/${SMARTFARM_LANGUAGE:-en}/overview.json
GF_PATHS_PROVISIONING=$to
export GF_USERS_DEFAULT_LANGUAGE GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH GF_PATHS_PROVISIONING

sh "$(dirname "$0")/provision.sh" "$from" "$to"
exec "$program"
