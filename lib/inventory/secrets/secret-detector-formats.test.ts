import { describe, expect, test } from "vitest";
import { findSecretInEntry } from "./secret-detector";
import { findSecretInText } from "./secret-in-text";

/** Put together here, so that no scanner of this repository takes them for real ones. */
const mixed = (length: number): string => "aB3dE6gH9jK2mN5pQ8sT".repeat(20).slice(0, length);
const hex = (length: number): string => "0a1b2c3d4e5f6071".repeat(20).slice(0, length);
const upper = (length: number): string => "A3DE6H9JK2MN5PQ8ST7Z".repeat(5).slice(0, length);
const ofRancher = "bcdfghjklmnpqrstvwxz2456".repeat(3).slice(0, 54);
const begin = (kind: string): string => `-----BEGIN ${kind} ${"PRIVATE KEY"}-----\n${mixed(64)}\n`;

describe("formats of credentials", () => {
  test.each<[rule: string, text: string]>([
    ["private-key", begin("ED25519")],
    ["private-key", begin("ANY")],
    ["private-key", `PuTTY-User-Key-File-${"3: ssh-ed25519"}\nEncryption: none\nPublic-Lines: 1\n${mixed(64)}\nPrivate-Lines: 1\n${mixed(48)}\n`],
    ["private-key", `{"keys":[{"kty":"RSA","n":"${mixed(100)}","e":"AQAB","${"d"}":"${mixed(100)}"}]}`],
    ["private-key", `{"${"k"}":"${mixed(43)}","kty":"oct"}`],
    ["openshift-token", `oc login --token=sha256${"~"}${mixed(43)}`],
    ["k3s-token", `token: K10${hex(64)}${"::server:"}${hex(32)}`],
    ["k3s-token", `K3S_TOKEN=K10${hex(64)}${"::"}abc123.${hex(16)}`],
    ["rancher-token", `rancher login https://rancher.example.com --token token-x7k2p${":"}${ofRancher}`],
    ["rancher-token", `kubeconfig-user-x7k2p${":"}${ofRancher}`],
    ["tailscale-key", `tskey-${"auth-"}${mixed(17)}-${mixed(32)}`],
    ["cloudflare-tunnel-token", `cloudflared tunnel run --token ${btoa(`{"a":"${hex(32)}","t":"${hex(36)}","s":"${mixed(40)}"}`)}`],
    ["ceph-key", `[client.admin]\n\tkey = AQB${mixed(10)}${"RAA"}${mixed(22)}==\n`],
    ["gitlab-token", `glcbt-${"64_"}${mixed(20)}`],
    ["gitlab-token", `GR1348${"941"}${mixed(20)}`],
    ["slack-token", `xoxe.${"xoxp-1-"}${mixed(60)}`],
    ["slack-webhook", `https://hooks.slack.com/${"workflows"}/T01ABCDEF/A01ABCDEF/${"123456789012345678"}/${mixed(24)}`],
    ["slack-webhook", `https://hooks.slack-gov.com/services/T01ABCDEF/${"B01ABCDEF"}/${mixed(24)}`],
    ["stripe-key", `sk_org_${"live_"}${mixed(24)}`],
    ["webhook-signing-secret", `whsec_${mixed(32)}`],
    ["openai-key", `sk-${"admin-"}${mixed(60)}`],
    ["openrouter-key", `sk-or-${"v1-"}${hex(64)}`],
    ["deepseek-key", `sk-${hex(32)}`],
    ["groq-key", `gsk_${mixed(52)}`],
    ["xai-key", `xai-${mixed(80)}`],
    ["perplexity-key", `pplx-${mixed(48)}`],
    ["replicate-token", `r8_${mixed(37)}`],
    ["nvidia-key", `nvapi-${mixed(64)}`],
    ["langsmith-key", `lsv2_${"pt_"}${hex(32)}_${hex(10)}`],
    ["newrelic-key", `NRAK-${upper(27)}`],
    ["newrelic-key", `${hex(36)}${"NRAL"}`],
    ["sentry-token", `sntryu_${hex(64)}`],
    ["pulumi-token", `pul-${hex(40)}`],
    ["doppler-token", `dp.st.${"prd."}${mixed(43)}`],
    ["1password-token", `ops_${"eyJ"}${mixed(250)}`],
    ["atlassian-token", `ATATT3${"xFfGF0"}${mixed(180)}`],
    ["atlassian-token", `ATCTT3${"xFfGN0"}${mixed(180)}`],
    ["dynatrace-token", `dt0c01.${upper(24)}.${upper(64)}`],
    ["artifactory-key", `AKC${"p"}${mixed(69)}`],
    ["artifactory-key", `cmVm${"dGtu"}${mixed(56)}`],
    ["google-client-secret", `GOCSPX-${mixed(28)}`],
    ["aws-bedrock-key", `ABSK${"QmVkcm9ja0FQSUtleS"}${mixed(110)}`],
    ["azure-devops-token", `${mixed(76)}${"AZDO"}${mixed(4)}`],
    ["planetscale-token", `pscale_${"pw_"}${mixed(43)}`],
    ["supabase-key", `sbp_${hex(40)}`],
    ["supabase-key", `sb_${"secret_"}${mixed(31)}`],
    ["shopify-token", `shpat_${hex(32)}`],
    ["circleci-token", `CCIPAT_${mixed(22)}_${hex(40)}`],
    ["buildkite-token", `bkua_${hex(40)}`],
    ["linear-key", `lin_${"api_"}${mixed(40)}`],
    ["heroku-key", `HRKU-${"AA"}${mixed(58)}`],
    ["rubygems-key", `rubygems_${hex(48)}`],
    ["square-key", `sq0${"csp-"}${mixed(43)}`],
    ["square-key", `sq0${"atp-"}${mixed(22)}`],
    ["mailchimp-key", `curl -u anystring:${hex(32)}${"-us"}12 https://us12.api.mailchimp.com/3.0/ping`],
    ["brevo-key", `xkey${"sib-"}${hex(64)}-${mixed(16)}`],
    ["brevo-key", `xsmtp${"sib-"}${hex(64)}-${mixed(16)}`],
    ["postman-key", `newman run https://api.getpostman.com/collections/1?apikey=PMAK${"-"}${hex(24)}-${hex(34)}`],
    ["airtable-token", `pat${mixed(14)}.${hex(64)}`],
    ["notion-token", `ntn_${"12345678901"}${mixed(35)}`],
    ...["12345678901234567", "123456789012345678", "1234567890123456789"].map((bot): [string, string] => [
      "discord-bot-token",
      `Bot ${btoa(bot).replace(/=/g, "")}${"."}${mixed(6)}.${mixed(38)}`,
    ]),
  ])("are recognised: %s", (rule, text) => {
    expect(findSecretInText(text)).toMatchObject({ rule, confidence: "high" });
  });

  test.each([
    ["the public half of a key pair", `{"keys":[{"kty":"RSA","n":"${mixed(100)}","e":"AQAB","kid":"1"}]}`],
    ["the public key that PuTTY shows", `PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\n${mixed(64)}\n`],
    ["a digest", `registry.example.com/cart@sha256:${hex(64)}`],
    ["the digest of an authority", `--discovery-token-ca-cert-hash sha256:${hex(64)}`],
    ["what an account of Rancher is called", "kubeconfig-user-x7k2p: token-x7k2p"],
    ["the id of a tunnel", `{"a":"${hex(32)}"}`],
    ["a cookie of a page", "sb-access-token"],
    ["a dotted name of the lengths of a bot's token", `NotificationServiceImpl1.${"handle"}.MessageOfTheCustomerReceived`],
    ["a checksum in the name of a file of a region", `bundle-${hex(32)}-us-east-1.tar.gz`],
    ["a checksum in the name of a bucket", `s3://logs-${hex(32)}-us1/2026`],
    ["a checksum in the name of a host", `https://${hex(32)}-us2.example.com/`],
    ["a name with the letters of a key", `sk-${"learn-preprocessing"}-${"pipeline"}`],
  ])("are not taken for one: %s", (_, text) => {
    expect(findSecretInText(text)).toBeNull();
  });

  test.each([
    ["auth", btoa("ada:tr0ub4dor&3x"), "docker-config"],
    ["authtoken", mixed(49), "named-literal"],
    ["NGROK_AUTHTOKEN", mixed(49), "named-literal"],
    ["clientsecret", mixed(32), "named-literal"],
    ["x-honeycomb-team", mixed(22), "named-literal"],
    ["AZURE_OPENAI_KEY", hex(32), "named-literal"],
    ["REDIS_CONFIGURATION", "redis.shop:6380,password=tr0ub4dor3x,ssl=True,abortConnect=False", "connection-string"],
  ])("are known by name: %s", (name, value, rule) => {
    expect(findSecretInEntry(name, value)).toMatchObject({ rule });
  });

  test.each([
    ["tokenHash", hex(64)],
    ["secret-sha256", hex(64)],
    ["apiKeyDigest", hex(64)],
    ["discovery-token-ca-cert-hash", `sha256:${hex(64)}`],
    ["ETCD_INITIAL_CLUSTER_TOKEN", "etcd-cluster-1"],
    ["token", "kv/data/cart2#token"],
    ["auth", btoa("hello world")],
    ["auth", btoa("ada:$(PASSWORD)")],
    ["HINT", "shop.example.com: 443, password=tr0ub4dor3x"],
  ])("are not taken for one: %s=%s", (name, value) => {
    expect(findSecretInEntry(name, value)).toBeNull();
  });
});
