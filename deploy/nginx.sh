#!/bin/sh
# Fills the templates beside it from the environment, for an nginx that runs already: see README.md.
#   deploy/nginx.sh FOLDER
# Everything is checked first; when something is missing it says so, writes nothing and fails.
set -eu
export LC_ALL=C
# The configuration may hold keys.
umask 077

fail() {
    printf 'credenza: %s\n' "$1" >&2
    exit 1
}

value() {
    eval "printf '%s' \"\${$1-}\""
}

# A value that goes into the configuration as it stands: nothing in it may mean something to nginx.
plain() {
    case $(value "$1") in
    *[!A-Za-z0-9:/._~%@,+=\[\]-]*) fail "$1 holds a character that cannot stand there: $2" ;;
    esac
}

[ $# -eq 1 ] || fail "Name the folder to write to, such as deploy/nginx.sh /etc/nginx/credenza"
command -v envsubst >/dev/null || fail "envsubst is missing: apt-get install gettext-base"
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export CREDENZA_OUT="$1"
case $CREDENZA_OUT in /*) ;; *) CREDENZA_OUT=$PWD/$CREDENZA_OUT ;; esac
plain CREDENZA_OUT "name a folder without spaces."

# The site, and what nginx shall do with it.
export CREDENZA_SITE="${CREDENZA_SITE-}" CREDENZA_BASE="${CREDENZA_BASE:-/}" CREDENZA_LOG="${CREDENZA_LOG:-/var/log/nginx/credenza.log}"
export CREDENZA_MAX_BODY="${CREDENZA_MAX_BODY:-256k}" CREDENZA_CA="${CREDENZA_CA:-/etc/ssl/certs/ca-certificates.crt}"
name=${CREDENZA_NAME:-credenza}
CREDENZA_SITE=${CREDENZA_SITE%/}
export CREDENZA_CONFIG="${CREDENZA_CONFIG:-$CREDENZA_SITE/credenza.json}"
[ -f "$CREDENZA_SITE/index.html" ] || fail "CREDENZA_SITE must be the folder that \"cargo xtask dist\" wrote, with index.html in it."
[ -f "$CREDENZA_CONFIG" ] || fail "There is no $CREDENZA_CONFIG: name your credenza.json in CREDENZA_CONFIG."
for path in CREDENZA_SITE CREDENZA_CONFIG CREDENZA_LOG CREDENZA_CA; do
    plain "$path" "name a path without spaces."
    case $(value "$path") in /*) ;; *) fail "$path must be an absolute path." ;; esac
done
case $CREDENZA_BASE in
/ | /*/) ;;
*) fail "CREDENZA_BASE must begin and end with a slash, such as /tools/credenza/." ;;
esac
case $CREDENZA_BASE in *[!A-Za-z0-9/._~-]* | *//*) fail "CREDENZA_BASE must be a path such as /tools/credenza/." ;; esac
case $name in [!a-z]* | *[!a-z0-9_]*) fail "CREDENZA_NAME may hold small letters, digits and underscores." ;; esac
case $CREDENZA_MAX_BODY in '' | *[!0-9km]*) fail "CREDENZA_MAX_BODY must be a size such as 256k." ;; esac
export CREDENZA_BASE_PATTERN="$(printf '%s' "$CREDENZA_BASE" | sed 's/[.]/[.]/g')"
export CREDENZA_FOLDER="${CREDENZA_BASE%/}"

case ${CREDENZA_BROTLI:-auto} in
on) brotli=yes ;;
off) brotli= ;;
auto) brotli=$(find -L /etc/nginx/modules-enabled -name '*brotli-static*' 2>/dev/null | head -n 1) ;;
*) fail "CREDENZA_BROTLI must be on, off or auto." ;;
esac
export CREDENZA_BROTLI_LINE="${brotli:+brotli_static on;}"

# The policy: what credenza.json names by an absolute address may be called from the page as well.
origins=$(tr -d '\n\r' <"$CREDENZA_CONFIG" | sed 's,\\/,/,g' |
    grep -Eo '"(api|auth)"[[:space:]]*:[[:space:]]*"https?://[A-Za-z0-9.:-]+' | sed 's/.*"//' | sort -u | tr '\n' ' ' || true)
connect="'self' $origins"
export CREDENZA_POLICY="style-src 'self'; img-src 'self'; connect-src ${connect% }; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

# An address to call: its base without a slash at its end. Plain http stays on this machine.
address() {
    plain "$1" "give an address such as $2."
    case $(value "$1") in
    https://?* | http://127.0.0.1 | http://127.0.0.1[:/]*) ;;
    *) fail "$1 must be an https address such as $2." ;;
    esac
    case $(value "$1") in *\?* | */) fail "$1 must have no slash and no query at its end, such as $2." ;; esac
}

services=
for service in storefront destinations ims inventory inventory-auth registry; do
    variable=CREDENZA_$(printf '%s' "$service" | tr 'a-z-' 'A-Z_')
    [ -n "$(value "$variable")" ] || continue
    address "$variable" https://api.example/v2
    services="$services $service"
done
[ -n "$services" ] || fail "Nothing is passed on yet: set CREDENZA_STOREFRONT or the variable of another service to its address."

# What the server in front adds, and whose session decides.
export CREDENZA_SESSION="${CREDENZA_SESSION-}"
for service in STOREFRONT DESTINATIONS REGISTRY; do
    key=CREDENZA_${service}_AUTHORIZATION
    [ -n "$(value "$key")" ] || continue
    [ -n "$(value "CREDENZA_$service")" ] || fail "$key is set and CREDENZA_$service is not: where should it be sent?"
    [ -n "$CREDENZA_SESSION" ] || fail "$key would act for everybody who can open the page. Set CREDENZA_SESSION to the address at which your portal says whether a session is good, or leave $key out."
    case $(value "$key") in
    *[!A-Za-z0-9:/._~%@,+=\ -]*) fail "$key holds a character that no Authorization has." ;;
    [A-Za-z]*\ ?*) ;;
    *) fail "$key must be a whole value, such as Bearer scope3_..." ;;
    esac
done
key=CREDENZA_DESTINATIONS_API_KEY
[ -z "$(value $key)" ] || [ -n "$(value CREDENZA_DESTINATIONS_AUTHORIZATION)" ] || fail "$key is set and CREDENZA_DESTINATIONS_AUTHORIZATION is not: it is added to the same calls."
plain $key "give the client ID."
if [ -n "$CREDENZA_SESSION" ]; then
    plain CREDENZA_SESSION "give an address such as http://127.0.0.1:3000/session."
    case $CREDENZA_SESSION in
    "${CREDENZA_BASE}gateway"*) fail "CREDENZA_SESSION cannot lie below the gateway that asks it." ;;
    /?*) session=$CREDENZA_SESSION ;;
    http://?*/* | https://?*/*) session=${CREDENZA_BASE}gateway/-/session ;;
    *) fail "CREDENZA_SESSION must be an address with a path, or the path of a location of the same server." ;;
    esac
fi

# How long an answer may take: a little longer than the page waits for it.
usual=${CREDENZA_SECONDS:-35}
case $usual in *[!0-9]*) fail "CREDENZA_SECONDS must be a number." ;; esac

trusted=
for proxy in $(printf '%s' "${CREDENZA_TRUSTED_PROXIES-}" | tr ',' ' '); do
    case $proxy in *[!0-9a-fA-F:./]*) fail "CREDENZA_TRUSTED_PROXIES must be addresses or networks, such as 10.0.0.0/8,192.0.2.1." ;; esac
    trusted="${trusted}set_real_ip_from $proxy;
"
done
export CREDENZA_TRUSTED_LINES="${trusted:+${trusted}real_ip_header X-Forwarded-For;
real_ip_recursive on;
}"

# Names are looked up as long as nginx runs, and not once when it starts.
resolver=$(printf '%s' "${CREDENZA_RESOLVER-}" | tr ',' ' ')
[ -n "$resolver" ] || resolver=$(sed -n 's/^nameserver[[:space:]]*\([^[:space:]%]*\).*/\1/p' /etc/resolv.conf 2>/dev/null | sed 's/^\(.*:.*:.*\)$/[\1]/' | tr '\n' ' ')
case $resolver in *[!0-9a-fA-F:.\[\]\ ]*) fail "CREDENZA_RESOLVER must be addresses of name servers." ;; esac
named=$(for service in $services session; do
    value "CREDENZA_$(printf '%s' "$service" | tr 'a-z-' 'A-Z_')"
    echo
done | grep -Ev '^$|^/|^https?://[0-9.]+([:/]|$)' || true)
if [ -n "$named" ] && [ -z "${resolver% }" ]; then
    fail "No name server is known: set CREDENZA_RESOLVER to the address of one."
fi
export CREDENZA_RESOLVER_LINES="${resolver:+resolver ${resolver% };
resolver_timeout 5s;}"
case " $(env | sed -n 's/^CREDENZA_[A-Z_]*=//p' | tr '\n' ' ')" in
*" https://"*) [ -r "$CREDENZA_CA" ] || fail "There is no $CREDENZA_CA by which to know a server: apt-get install ca-certificates, or name yours in CREDENZA_CA." ;;
esac

# shellcheck disable=SC2016 # envsubst replaces these and nothing else: what nginx means by a dollar stays.
variables='$CREDENZA_BASE $CREDENZA_BASE_PATTERN $CREDENZA_BROTLI_LINE $CREDENZA_CA $CREDENZA_CALLS $CREDENZA_CONFIG
    $CREDENZA_FOLDER $CREDENZA_LOG $CREDENZA_MAX_BODY $CREDENZA_OUT $CREDENZA_OWN_LINES $CREDENZA_POLICY
    $CREDENZA_RESOLVER_LINES $CREDENZA_ROUTES $CREDENZA_SECONDS $CREDENZA_SERVICE $CREDENZA_SESSION $CREDENZA_SITE
    $CREDENZA_TRUSTED_LINES $CREDENZA_UPSTREAM $CREDENZA_VARIABLE'
filled() {
    sed "s/credenza_/${name}_/g" "$here/nginx/$1.conf.template" | envsubst "$variables"
}

# The calls of some services as lines of a map. A segment of dots alone would climb.
segment='(?!(?:[.]|%2[Ee]){1,2}(?:[/?]|$))(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+'
calls() {
    while read -r of method path; do
        case " $1 " in *" $of "*) ;; *) continue ;; esac
        pattern=$(printf '%s' "$path" | sed -e 's/[.]/[.]/g' -e 's/?$/(?:[?][A-Za-z0-9._~%=\&+-]*)?/' \
            -e 's/{number}/[0-9]{1,20}/g' -e "s#{id}#$segment#g")
        # shellcheck disable=SC2016 # What nginx means by a dollar.
        printf '    "~^%s %sgateway/%s(%s)$" $1;\n' "$method" "$CREDENZA_BASE_PATTERN" "$CREDENZA_SERVICE" "$pattern"
    done <"$here/calls"
}

# The lines of one service alone: who authorizes, and what else it is told.
own() {
    key=$(value "CREDENZA_$(printf '%s' "$CREDENZA_VARIABLE" | tr a-z A-Z)_AUTHORIZATION")
    if [ -n "$key" ]; then
        printf '    if ($%s_foreign) {\n        return 403;\n    }\n    auth_request %s;\n' "$name" "$session"
        printf '    proxy_set_header Authorization "%s";\n' "$key"
    else
        printf '    proxy_set_header Authorization $http_authorization;\n'
    fi
    case $CREDENZA_SERVICE in
    destinations)
        printf '    proxy_set_header x-gw-ims-org-id $http_x_gw_ims_org_id;\n    proxy_set_header x-sandbox-name $http_x_sandbox_name;\n'
        printf '    proxy_set_header x-api-key $%s_key;\n' "$name"
        ;;
    inventory) printf '    proxy_set_header X-Verve-Namespace $http_x_verve_namespace;\n' ;;
    esac
}

mkdir -p "$CREDENZA_OUT"
http=$(filled http)
gateways=
routes=
for service in $services; do
    export CREDENZA_SERVICE="$service"
    export CREDENZA_VARIABLE="$(printf '%s' "$service" | tr - _)"
    export CREDENZA_UPSTREAM="$(value "CREDENZA_$(printf '%s' "$CREDENZA_VARIABLE" | tr a-z A-Z)")"
    of=$service
    export CREDENZA_SECONDS="${usual}s"
    if [ "$service" = registry ]; then
        # It looks at the agent first, for which the page waits 40 seconds.
        CREDENZA_SECONDS="$((usual + 10))s"
        [ -n "${CREDENZA_REGISTRY_AUTHORIZATION-}" ] || of="registry sign-in"
    fi
    export CREDENZA_CALLS="$(calls "$of")" CREDENZA_OWN_LINES="$(own)"
    http="$http
$(filled calls)"
    gateways="$gateways
$(filled gateway)"
    to="\$${name}_to_$CREDENZA_VARIABLE"
    routes="$routes
    if ($to) {
        rewrite ^ ${CREDENZA_BASE}gateway/-/$service last;
    }"
done
case " $services " in *" destinations "*)
    http="$http

map \$http_x_api_key \$${name}_key {
    default \$http_x_api_key;
    \"\" \"${CREDENZA_DESTINATIONS_API_KEY-}\";
}"
    ;;
esac
case ${session-} in "${CREDENZA_BASE}gateway/-/session") gateways="$gateways
$(filled session)" ;; esac
export CREDENZA_ROUTES="${routes#?}"
if [ "$CREDENZA_BASE" = / ]; then
    # The whole server is the console's, its answers to what it cannot read as well.
    around="include $CREDENZA_OUT/common.conf;"
else
    around=$(filled folder)
fi
server="$(filled server)
$around
$gateways"

for part in common errors upstream tls; do
    filled "$part" >"$CREDENZA_OUT/$part.conf"
done
printf '%s\n' "$http" >"$CREDENZA_OUT/http.conf"
printf '%s\n' "$server" >"$CREDENZA_OUT/server.conf"
printf 'credenza: %s has http.conf and server.conf; nginx -t looks at them, nginx -s reload takes them.\n' "$CREDENZA_OUT"
