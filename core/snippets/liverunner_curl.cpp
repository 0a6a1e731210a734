#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/liverunner_code_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

/// The script in pieces, as they stand in it. The protocol is live-runner.md: 6 (who has the app), 8 and 9 (calls), 10 (payments).
constexpr char Asking[] = R"sh(fail() { printf '%s\n' "$1" >&2; exit 1; }
orchestrator() { curl --silent --show-error --connect-timeout 10 --proto '=http,https' "${tls[@]}" "$@"; }
# An answer in `said`, and its status in `code`. That to a payment is binary.
ask() {
  said=$("$@" --write-out '\n%{http_code}' | tr -d '\0') || return
  code=${said##*$'\n'} said=${said%$'\n'*}
})sh";

constexpr char Finding[] = R"sh(# Orchestrators sign their own certificates, for which nobody vouches: LIVEPEER_ORCH_PIN (sha256//…) insists on a key.
tls=(${LIVEPEER_ORCH_PIN:+--pinnedpubkey "$LIVEPEER_ORCH_PIN"})
list() { orchestrator --fail --max-time 20 --url "${LIVEPEER_ORCH_URL%/}/discovery"; }
listed=$(list 2>/dev/null) || { [ $? != 60 ] || tls+=(--insecure); listed=$(list); }
runner=$(jq --compact-output --arg app "$app" --arg mode "$mode" '
  [.[].runners[]? | select(.app == $app and .mode == $mode and .url)] | (map(select(.capacity_available > 0)) + .)[0] // empty' <<<"$listed")
[ -n "$runner" ] || fail "No $mode runner for $app is listed."
url=$(jq --raw-output '.url | rtrimstr("/")' <<<"$runner"))sh";

constexpr char Unpaid[] = R"sh(payment=())sh";

constexpr char OwnSigner[] = R"sh(signer_url=${LIVEPEER_SIGNER_URL:-}
signer_headers() { jq --null-input --raw-output 'env.LIVEPEER_SIGNER_AUTH // "" | if . == "" then empty else "header = " + ("Authorization: " + . | @json) end'; })sh";

constexpr char TokenSigner[] = R"sh(signer_url=$(jq --null-input --raw-output 'env.LIVEPEER_TOKEN | @base64d | fromjson | .signer // ""')
signer_headers() {
  jq --null-input --raw-output 'env.LIVEPEER_TOKEN | @base64d | fromjson | .signer_headers // {} | to_entries[] | "header = " + ("\(.key): \(.value)" | @json)'
})sh";

constexpr char Paying[] = R"sh(case $signer_url in '' | *://*) ;; *) signer_url=https://$signer_url ;; esac
# The headers come from a file, as other users see a program's arguments.
signer() {
  curl --silent --show-error --max-time 20 --proto '=http,https' --config <(signer_headers) --header 'Content-Type: application/json' \
    --data-binary "$2" --url "${signer_url%/}/$1" "${@:3}"
}

# The next payment, in `payment`; `code` is not 200 where the signer makes none. Its state goes on from one to the next.
payment=()
state=null
sign() {
  ask signer generate-live-payment "$(jq --compact-output --argjson terms "$terms" --argjson state "$state" \
    '. + {orchestrator: $terms.payment_params, ManifestID: $terms.manifest_id} + (if $state then {state: $state} else {} end)' <<<"$order")" || return
  [ "$code" = 200 ] || return 0
  state=$(jq --compact-output .state <<<"$said")
  payment=(--header "Livepeer-Payer-Address: $payer" --header "Livepeer-Payment: $(jq --raw-output .payment <<<"$said")"
    --header "Livepeer-Segment: $(jq --raw-output .segCreds <<<"$said")")
}

metered=
if jq --exit-status '.price_info' <<<"$runner" >/dev/null; then
  [ -n "$signer_url" ] || fail "$app costs money, and no signer is named that pays."
  # At most 1.2 % more than what is listed, as the price follows an exchange rate.
  order=$(jq --compact-output '.price_info as $p | {app, type: ({seconds: "live", "720p-pixel-seconds": "lv2v", fixed: "fixed"}[$p.unit] // error("its price is per \($p.unit)")),
    maxPrice: {price: ($p.price * 1012 / 1000 | floor), currency: "wei", unit: $p.unit}}' <<<"$runner")
  ask signer sign-orchestrator-info '{}'
  [ "$code" = 200 ] || fail "The signer answers $code: $said"
  payer=$(jq --exit-status --raw-output .address <<<"$said") || fail "The signer names no address: $said"
  ask orchestrator --max-time 30 "${method[@]}" --header "Livepeer-Payer-Address: $payer" --url "$target"
  [ "$code" = 402 ] || fail "Asked for its terms, the orchestrator answers $code: $said"
  # Payments go to the server that was called, and to no other.
  origin=$(grep --only-matching '^https*://[^/]*/' <<<"$url")
  terms=$(jq --exit-status --compact-output --arg origin "$origin" 'select(.payment_params and .manifest_id and (.payment_url // "" | startswith($origin)))' <<<"$said") ||
    fail "That is no challenge: $said"
  sign
  [ "$code" = 200 ] || fail "The signer answers $code: $said"
  metered=$(jq --raw-output 'select(.type != "fixed") | .type' <<<"$order")
fi)sh";

constexpr char KeepingPaid[] = R"sh(# What is paid by time is paid every four seconds, until a line comes at descriptor 4. A payment whose answer was lost is sent again.
keep_paid() {
  local sent=yes
  until read -r -t 3.9 -u 4 _; do
    if [ -n "$sent" ]; then
      sign || continue
      case $code in
        200) sent= ;;
        482) continue ;; # nothing is due
        480) # new terms are wanted
          ask orchestrator --max-time 10 --header 'Content-Type: application/json' --url "${origin}refresh-payment" \
            --data "$(jq --compact-output --arg payer "$payer" '{sender: $payer, manifest_id}' <<<"$terms")" || continue
          terms=$(jq --compact-output --argjson said "$said" '.payment_params = ($said.payment_params // .payment_params)' <<<"$terms")
          continue ;;
        *) printf 'Nothing further is paid: the signer answers %s: %s\n' "$code" "$said" >&2; return ;;
      esac
    fi
    ask orchestrator --max-time 10 --request POST "${payment[@]}" --url "$(jq --raw-output .payment_url <<<"$terms")" || continue
    case $code in
      2?? | 404) sent=yes ;;
      4??) printf 'Nothing further is paid: the orchestrator answers %s: %s\n' "$code" "$said" >&2; return ;;
    esac
    [ "$code" != 404 ] || return 0 # it is over
  done
}
payments=
exec 4<> <(:)
stop_paying() {
  [ -n "$payments" ] || return 0
  echo >&4
  wait "$payments" || :
  payments=
}
begin_paying() { [ -z "$metered" ] || { keep_paid >/dev/null & payments=$!; }; })sh";

constexpr char Reserving[] = R"sh(answer=$(orchestrator --fail-with-body --max-time 30 "${method[@]}" "${payment[@]}" --header 'Content-Type: application/json' --data '{}' --url "$url") ||
  fail "No session was given: $answer"
session=$(jq --exit-status --raw-output .control_url <<<"$answer") || fail "That is no session: $answer")sh";

QStringList lines(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char('\n'));
}

/// Whether payments have to be written: not of an app that is listed without a price.
bool mayCost(const SnippetContext &context)
{
    return !context.capability || !context.capability->listed || context.capability->price.has_value();
}

QString methodOf(const SnippetContext &context)
{
    return context.call.verb == Verb::Live ? QStringLiteral("POST") : context.call.parameters.value(QStringLiteral("method")).toString(QStringLiteral("POST"));
}

bool hasBody(const QString &method)
{
    return method != QLatin1String("GET") && method != QLatin1String("HEAD") && method != QLatin1String("OPTIONS");
}

QList<SnippetVariable> environmentOf(const Plan &plan, bool pays)
{
    QList<SnippetVariable> variables{{plan.addressVariable(), QStringLiteral("The orchestrator's address, e.g. https://localhost:8935."), plan.address, true, false}};
    if (pays && plan.payer == Payer::Token)
        variables << tokenVariable();
    else if (pays)
        variables << signerVariable(false) << signerAuthVariable();
    variables << SnippetVariable{QStringLiteral("LIVEPEER_ORCH_PIN"), QStringLiteral("The orchestrator's key, as curl pins one (sha256//…), to insist on it."), {}, false, false};
    return variables + plan.body.variables();
}

QStringList header(const Plan &plan, const QList<SnippetVariable> &environment, bool pays)
{
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# curl 7.76 or later, jq 1.6 or later · live runner, directly to an orchestrator")};
    if (pays && plan.payer != Payer::Token)
        lines << QStringLiteral("# curl makes no tickets: a remote signer does, and without LIVEPEER_SIGNER_URL only a free app answers.");
    lines << QStringLiteral("set -euo pipefail") << shellNeeds(environment);
    return lines << shellFiles(plan.body) << QString();
}

/// The request itself, one part in each line.
QStringList calling(const Plan &plan, const QString &method, const QString &path)
{
    QStringList words;
    if (plan.stream) // by itself, so that it can be ended
        words << QStringLiteral("curl --silent --show-error --fail-with-body --no-buffer --connect-timeout 10 --proto '=http,https' \"${tls[@]}\" --header 'Accept: text/event-stream'");
    else
        words << QStringLiteral("orchestrator --fail-with-body --max-time %1").arg(plan.httpTimeout);
    if (plan.live)
        words << QStringLiteral("--request POST --url \"$app_url\"") + path;
    else
        words << (method == QLatin1String("HEAD") ? QStringLiteral("--head") : QStringLiteral("\"${method[@]}\"")) + QStringLiteral(" \"${payment[@]}\" --url \"$target\"");
    if (plan.live || hasBody(method))
        words << QStringLiteral("--header 'Content-Type: application/json' --data-binary @<(body)");
    return words;
}

} // namespace

QString LiveRunnerCurl::whyNot(const SnippetContext &context) const
{
    if (const QString reason = whyNoAppCode(context); !reason.isEmpty())
        return reason;
    static const QStringList methods{QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
        QStringLiteral("DELETE"), QStringLiteral("OPTIONS")};
    if (!methods.contains(methodOf(context)))
        return QCoreApplication::translate("Snippets", "The method in the call's parameters is none of %1.").arg(methods.join(QStringLiteral(", ")));
    return {};
}

Snippet LiveRunnerCurl::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    const bool pays = mayCost(context);
    const QString method = methodOf(context);
    const QList<SnippetVariable> environment = environmentOf(plan, pays);
    const QString path = shellWord(QLatin1Char('/') + appPath(context));

    QStringList text = header(plan, environment, pays);
    if (plan.live || hasBody(method))
        text << shellBody(plan.body);
    text << QStringLiteral("app=%1").arg(shellWord(plan.capability)) << QStringLiteral("mode=") + (plan.live ? QStringLiteral("persistent") : QStringLiteral("single-shot"))
         << QStringLiteral("method=(--request %1)").arg(method == QLatin1String("HEAD") ? QStringLiteral("GET") : method) << lines(Asking) << QString() << lines(Finding)
         << QStringLiteral("target=$url") + (plan.live ? QString() : path) << QString();
    if (pays)
        text << lines(plan.payer == Payer::Token ? TokenSigner : OwnSigner) << lines(Paying) << QString() << lines(KeepingPaid) << QString();
    else
        text << lines(Unpaid);

    const QString stopped = pays ? QStringLiteral("stop_paying") : QString();
    if (plan.live)
        text << lines(Reserving) << QStringLiteral("trap '%1orchestrator --max-time 10 --request POST --output /dev/null --url \"$session/stop\"' EXIT").arg(pays ? stopped + QStringLiteral("; ") : QString())
             << QStringLiteral("app_url=$(jq --exit-status --raw-output '.app_url | rtrimstr(\"/\")' <<<\"$answer\")");
    else if (pays && !plan.stream)
        text << QStringLiteral("trap stop_paying EXIT");
    if (pays)
        text << QStringLiteral("begin_paying");
    const QString command = calling(plan, method, path).join(QStringLiteral(" \\\n  "));
    text << (plan.stream ? shellStreaming(command, {}, stopped) : QStringList(command));

    Snippet snippet;
    snippet.text = joined(text);
    snippet.fileName = plan.live ? QStringLiteral("session.sh") : QStringLiteral("call.sh");
    snippet.language = QStringLiteral("bash");
    snippet.run = QStringLiteral("bash ") + snippet.fileName;
    snippet.environment = environment;
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
