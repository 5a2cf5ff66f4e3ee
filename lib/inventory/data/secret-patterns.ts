/** One credential format that is recognisable by itself, whatever its key is called. */
export interface SecretPattern {
  readonly rule: string;
  readonly pattern: RegExp;
  /** Cheap test before the expression runs: what nearly no text has. */
  readonly hint: string | RegExp;
}

/** Formats as their issuers publish them; each opens a live account as it stands. */
export const SECRET_PATTERNS_AS_OF = "2026-11-29";

/** Ids of keys that the documentation of AWS gives as examples: they open nothing. */
export const AWS_DOCUMENTED_IDS = "(?:AKIA|ASIA)IOSFODNN7EXAMPLE|AKIAI44QH8DHBEXAMPLE";

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    rule: "private-key",
    hint: "PRIVATE KEY",
    // The key follows, on a line of its own or not, after a comment, or as text of a program that is put together.
    pattern:
      /-----BEGIN (?:[A-Z][A-Z0-9]{1,15} ){0,2}PRIVATE KEY(?=(?: BLOCK)?-----(?:(?:\s|\\{1,9}[nr]|%0[AD]){0,99}[\w+/]|(?:[\s"'`+,]|\\{1,9}[nr]){0,99}[\w+/]{40}))/,
  },
  // As PuTTY keeps it; from the last one of several, as with the accounts of Google.
  {
    rule: "private-key",
    hint: "PuTTY-User-Key-File-",
    pattern: /PuTTY-User-Key-File-\d: (?:(?!PuTTY-User-Key-File-)[\s\S]){0,9000}?\n[ \t]*Private-Lines: \d/,
  },
  // As a set of keys for tokens holds it: of a key pair, or one that both sides share.
  { rule: "private-key", hint: '"kty"', pattern: /\{(?=[^{}]{0,9000}"kty"\s*:\s*"(?:RSA|EC|OKP)")[^{}]{0,9000}"d"\s*:\s*"[\w-]{40,}"/ },
  { rule: "private-key", hint: '"oct"', pattern: /\{(?=[^{}]{0,2000}"kty"\s*:\s*"oct")[^{}]{0,2000}"k"\s*:\s*"[\w-]{20,}"/ },
  // The same in base64, as kubeconfigs hold it.
  {
    rule: "private-key",
    hint: "LS0tLS1CRUdJTi",
    pattern:
      /LS0tLS1CRUdJTiB(?:QUklWQVRFIEtFW|QR1AgUFJJVkFURSBLRV|SU0EgUFJJVkFURSBLRV|FQyBQUklWQVRFIEtFW|EU0EgUFJJVkFURSBLRV|PUEVOU1NIIFBSSVZBVEUgS0VZ|FTkNSWVBURUQgUFJJVkFURSBLRV)/,
  },
  { rule: "netrc-password", hint: "machine", pattern: /\bmachine\s{1,9}\S{1,200}\s{1,9}login\s{1,9}\S{1,200}\s{1,9}password\s{1,9}[^\s$<{*]\S{2}/ },
  // A line of the file .pgpass: host, port, database, user, password.
  {
    rule: "pgpass-password",
    hint: ":5432:",
    pattern: /(?<![^\s"'])[^\s:"'#]{1,253}:5432:[^\s:"']{1,63}:[^\s:"']{1,63}:[^\s:"'$%<{*«][^\s:"']{2,200}(?![^\s"'])/,
  },
  {
    rule: "gcp-service-account",
    hint: "service_account",
    // From the last one of several: from each of them in turn, all that follows it would be read again and again. The same goes for the accounts of Docker.
    pattern:
      /"type"\s*:\s*"service_account"(?:(?!"type"\s*:\s*"service_account")[\s\S]){0,2000}"private_key"|"private_key"(?:(?!"private_key")[\s\S]){0,2000}"type"\s*:\s*"service_account"/,
  },
  { rule: "aws-access-key-id", hint: "IA", pattern: new RegExp(`(?<![A-Za-z0-9])(?!${AWS_DOCUMENTED_IDS})(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])`) },
  { rule: "google-api-key", hint: "AIza", pattern: /(?<![\w-])AIza[0-9A-Za-z_-]{35}(?![\w-])/ },
  { rule: "azure-account-key", hint: "AccountKey=", pattern: /AccountKey=[A-Za-z0-9+/]{86}==/ },
  { rule: "azure-shared-access-key", hint: "SharedAccessKey=", pattern: /SharedAccessKey=[A-Za-z0-9+/]{43}=/ },
  { rule: "github-token", hint: "gh", pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,}/ },
  { rule: "github-token", hint: "github_pat_", pattern: /github_pat_[A-Za-z0-9_]{22,}/ },
  // Of people, deployments, runners, pipelines, agents, applications, jobs, feeds, mail, feature flags, accounts from elsewhere and workspaces.
  { rule: "gitlab-token", hint: "gl", pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|agent|oas|cbt|ft|imt|ffct|soat|wt)-[A-Za-z0-9_-]{20,}/ },
  { rule: "gitlab-token", hint: "GR1348941", pattern: /(?<![A-Za-z0-9])GR1348941[A-Za-z0-9_-]{20}(?![\w-])/ },
  { rule: "slack-token", hint: "xox", pattern: /(?<![A-Za-z0-9])xox[abeprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}/ },
  { rule: "slack-token", hint: "xapp-", pattern: /(?<![A-Za-z0-9])xapp-\d-[A-Z0-9]{8,}-\d{8,}-[a-z0-9]{32,}/ },
  { rule: "slack-webhook", hint: "hooks.slack", pattern: /hooks\.slack(?:-gov)?\.com\/services\/T[A-Za-z0-9_]+\/B[A-Za-z0-9_]+\/[A-Za-z0-9_]{8,}/ },
  { rule: "slack-webhook", hint: "hooks.slack", pattern: /hooks\.slack\.com\/(?:workflows|triggers)\/T[A-Z0-9]+\/[A-Z0-9]+\/(?:\d{9,20}\/)?[A-Za-z0-9]{20,}/ },
  { rule: "discord-webhook", hint: "/webhooks/", pattern: /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,22}\/[\w-]{60,}/ },
  // It begins with the number of the bot, in base64: no dotted name does.
  {
    rule: "discord-bot-token",
    hint: /[MNO][DTjz][AEIMQUYcgk][w-z0-5][MNO][DTjz][AEIMQUYcgk]/,
    pattern: /(?<![\w.-])(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5,6}[\w-]{0,3}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])/,
  },
  { rule: "teams-webhook", hint: "/IncomingWebhook/", pattern: /\/webhookb2\/[\w@-]{36,200}\/IncomingWebhook\/[a-f0-9]{32}/ },
  { rule: "telegram-bot-token", hint: ":AA", pattern: /(?<![\w:])(?:bot)?\d{8,10}:AA[\w-]{33}(?![\w-])/ },
  { rule: "stripe-key", hint: "k_live_", pattern: /(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{16,}/ },
  { rule: "stripe-key", hint: "sk_org_live_", pattern: /(?<![A-Za-z0-9])sk_org_live_[A-Za-z0-9]{16,}/ },
  { rule: "webhook-signing-secret", hint: "whsec_", pattern: /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/]{24,}/ },
  { rule: "npm-token", hint: "npm_", pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/ },
  // As .npmrc holds it for a registry, that of npm or another.
  { rule: "npmrc-credential", hint: "_auth", pattern: /(?<=^|[:"'])_auth(?:Token)?\s?=\s?["']?[A-Za-z0-9+/_.=-]{16,}(?=["'\s]|$)/m },
  { rule: "npmrc-credential", hint: ":_password", pattern: /:_password\s?=\s?["']?[A-Za-z0-9+/_.=-]{8,}(?=["'\s]|$)/ },
  { rule: "pypi-token", hint: "pypi-AgEI", pattern: /pypi-AgEI[A-Za-z0-9_-]{50,}/ },
  { rule: "sendgrid-key", hint: "SG.", pattern: /(?<![\w.])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/ },
  { rule: "anthropic-key", hint: "sk-ant-", pattern: /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{20,}/ },
  { rule: "openai-key", hint: "sk-", pattern: /(?<![A-Za-z0-9-])sk-(?:proj-|svcacct-|admin-)?(?=[A-Za-z_-]{0,200}\d)(?=[^A-Z]{0,200}[A-Z])[A-Za-z0-9_-]{32,}/ },
  { rule: "openrouter-key", hint: "sk-or-v1-", pattern: /(?<![A-Za-z0-9-])sk-or-v1-[a-f0-9]{64}(?![A-Za-z0-9])/ },
  { rule: "deepseek-key", hint: "sk-", pattern: /(?<![A-Za-z0-9-])sk-[a-f0-9]{32}(?![A-Za-z0-9-])/ },
  { rule: "groq-key", hint: "gsk_", pattern: /(?<![A-Za-z0-9])gsk_[A-Za-z0-9]{52}(?![A-Za-z0-9])/ },
  { rule: "xai-key", hint: "xai-", pattern: /(?<![A-Za-z0-9-])xai-[A-Za-z0-9]{80}(?![A-Za-z0-9])/ },
  { rule: "perplexity-key", hint: "pplx-", pattern: /(?<![A-Za-z0-9-])pplx-[A-Za-z0-9]{48}(?![A-Za-z0-9])/ },
  { rule: "replicate-token", hint: "r8_", pattern: /(?<![A-Za-z0-9])r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])/ },
  { rule: "nvidia-key", hint: "nvapi-", pattern: /(?<![A-Za-z0-9-])nvapi-[A-Za-z0-9_-]{60,}/ },
  { rule: "langsmith-key", hint: "lsv2_", pattern: /(?<![A-Za-z0-9])lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}(?![A-Za-z0-9])/ },
  // Of people who signed in to OpenShift, nodes that join k3s and RKE2, and accounts of Rancher.
  { rule: "openshift-token", hint: "sha256~", pattern: /(?<![A-Za-z0-9])sha256~[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/ },
  { rule: "k3s-token", hint: "K10", pattern: /(?<![A-Za-z0-9])K10[a-f0-9]{64}::(?:server|node|[a-z0-9]{6}\.)[:a-z0-9]{8,}/ },
  { rule: "rancher-token", hint: "token-", pattern: /(?<![A-Za-z0-9])token-[a-z0-9-]{5,40}:[b-df-hj-np-tv-z2-9]{54}(?![A-Za-z0-9])/ },
  { rule: "rancher-token", hint: "kubeconfig-u", pattern: /(?<![A-Za-z0-9])kubeconfig-u[a-z0-9-]{4,40}:[b-df-hj-np-tv-z2-9]{54}(?![A-Za-z0-9])/ },
  { rule: "tailscale-key", hint: "tskey-", pattern: /(?<![A-Za-z0-9-])tskey-[a-z]{3,10}-[A-Za-z0-9]{8,}-[A-Za-z0-9]{20,}/ },
  { rule: "cloudflare-tunnel-token", hint: "eyJhIjoi", pattern: /(?<![\w+/.-])eyJhIjoi[A-Za-z0-9+/]{100,}={0,2}(?![\w+/.-])/ },
  { rule: "ceph-key", hint: "AQ", pattern: /(?<![\w+/])AQ[A-D][A-Za-z0-9+/]{10}[BRhx]AA[A-Za-z0-9+/]{22}==/ },
  { rule: "newrelic-key", hint: "NRA", pattern: /(?<![A-Za-z0-9])(?:NRAK-[A-Z0-9]{27}|[a-f0-9]{36}NRAL)(?![A-Za-z0-9])/ },
  { rule: "sentry-token", hint: "sntry", pattern: /(?<![A-Za-z0-9])sntry(?:s_eyJ[A-Za-z0-9+/=_]{60,}|u_[a-f0-9]{64})/ },
  { rule: "pulumi-token", hint: "pul-", pattern: /(?<![A-Za-z0-9-])pul-[a-f0-9]{40}(?![A-Za-z0-9])/ },
  { rule: "doppler-token", hint: "dp.", pattern: /(?<![\w.])dp\.(?:pt|ct|sa|st|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}(?![A-Za-z0-9])/ },
  { rule: "1password-token", hint: "ops_eyJ", pattern: /(?<![A-Za-z0-9])ops_eyJ[A-Za-z0-9+/_-]{200,}/ },
  { rule: "atlassian-token", hint: "TT3xFf", pattern: /(?<![A-Za-z0-9])AT[AC]TT3xFf[A-Za-z0-9_=-]{100,}/ },
  { rule: "dynatrace-token", hint: "dt0c01.", pattern: /(?<![\w.])dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}(?![A-Z0-9])/ },
  { rule: "artifactory-key", hint: "AKCp", pattern: /(?<![A-Za-z0-9+/])AKCp[A-Za-z0-9]{69}(?![A-Za-z0-9+/])/ },
  { rule: "artifactory-key", hint: "cmVmdGtu", pattern: /(?<![A-Za-z0-9+/])cmVmdGtu[A-Za-z0-9]{56}(?![A-Za-z0-9+/])/ },
  { rule: "google-client-secret", hint: "GOCSPX-", pattern: /(?<![A-Za-z0-9-])GOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])/ },
  { rule: "aws-bedrock-key", hint: "ABSKQmVkcm9ja0FQSUtleS", pattern: /ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{100,}/ },
  { rule: "azure-devops-token", hint: "AZDO", pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/ },
  { rule: "planetscale-token", hint: "pscale_", pattern: /(?<![A-Za-z0-9])pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{32,64}/ },
  { rule: "supabase-key", hint: "sbp_", pattern: /(?<![A-Za-z0-9])sbp_[a-f0-9]{40}(?![A-Za-z0-9])/ },
  { rule: "supabase-key", hint: "sb_secret_", pattern: /(?<![A-Za-z0-9])sb_secret_[A-Za-z0-9_-]{30,}/ },
  { rule: "shopify-token", hint: "shp", pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?![A-Za-z0-9])/ },
  { rule: "circleci-token", hint: "CCIP", pattern: /(?<![A-Za-z0-9])CCIP(?:AT|RJ)_[A-Za-z0-9]{20,}_[a-f0-9]{40}(?![A-Za-z0-9])/ },
  { rule: "buildkite-token", hint: "bkua_", pattern: /(?<![A-Za-z0-9])bkua_[a-f0-9]{40}(?![A-Za-z0-9])/ },
  { rule: "heroku-key", hint: "HRKU-AA", pattern: /(?<![A-Za-z0-9])HRKU-AA[\w-]{58}(?![\w-])/ },
  { rule: "rubygems-key", hint: "rubygems_", pattern: /(?<![A-Za-z0-9])rubygems_[a-f0-9]{48}(?![A-Za-z0-9])/ },
  { rule: "square-key", hint: "sq0", pattern: /(?<![A-Za-z0-9])sq0(?:csp-[\w-]{43}|atp-[\w-]{22})(?![\w-])/ },
  // Not a checksum in the name of a file, a bucket or a host: those go on before or after it.
  { rule: "mailchimp-key", hint: "-us", pattern: /(?<![\w-])[a-f0-9]{32}-us\d{1,2}(?![\w-]|\.\w)/ },
  { rule: "brevo-key", hint: "sib-", pattern: /(?<![A-Za-z0-9])x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}(?![A-Za-z0-9])/ },
  { rule: "postman-key", hint: "PMAK-", pattern: /(?<![A-Za-z0-9])PMAK-[a-f0-9]{24}-[a-f0-9]{34}(?![A-Za-z0-9])/ },
  { rule: "airtable-token", hint: "pat", pattern: /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[a-f0-9]{64}(?![A-Za-z0-9])/ },
  { rule: "notion-token", hint: "ntn_", pattern: /(?<![A-Za-z0-9])ntn_\d{11}[A-Za-z0-9]{35}(?![A-Za-z0-9])/ },
  { rule: "linear-key", hint: "lin_api_", pattern: /(?<![A-Za-z0-9])lin_api_[A-Za-z0-9]{40}(?![A-Za-z0-9])/ },
  { rule: "vault-token", hint: "hv", pattern: /(?<![\w.])hv[sb]\.[A-Za-z0-9_-]{24,}/ },
  { rule: "docker-hub-token", hint: "dckr_", pattern: /(?<![A-Za-z0-9])dckr_[op]at_[A-Za-z0-9_-]{24,}/ },
  { rule: "digitalocean-token", hint: "_v1_", pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9])/ },
  { rule: "grafana-token", hint: "glsa_", pattern: /(?<![A-Za-z0-9])glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}(?![A-Za-z0-9])/ },
  { rule: "grafana-token", hint: "glc_eyJ", pattern: /(?<![A-Za-z0-9])glc_eyJ[A-Za-z0-9+/=]{20,}/ },
  { rule: "sonarqube-token", hint: "sq", pattern: /(?<![A-Za-z0-9])sq[apu]_[a-f0-9]{40}(?![A-Za-z0-9])/ },
  { rule: "azure-client-secret", hint: "Q~", pattern: /(?<![\w~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![\w~.-])/ },
  { rule: "databricks-token", hint: "dapi", pattern: /(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?![A-Za-z0-9])/ },
  { rule: "terraform-token", hint: ".atlasv1.", pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}/ },
  { rule: "age-key", hint: "AGE-SECRET-KEY-1", pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}(?![0-9A-Z])/ },
  { rule: "huggingface-token", hint: "hf_", pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/ },
  // In base64, as Secrets and manifests hold it: as tools write it, and as Docker does.
  { rule: "docker-config", hint: "eyJhdXRocyI6", pattern: /eyJhdXRocyI6[A-Za-z0-9+/]{24,}/ },
  { rule: "docker-config", hint: "ewoJImF1dGhzIjog", pattern: /ewoJImF1dGhzIjog[A-Za-z0-9+/]{24,}/ },
  { rule: "private-key", hint: "BEGIN OpenVPN Static key", pattern: /-----BEGIN OpenVPN Static key V1-----/ },
  { rule: "docker-config", hint: "auths", pattern: /"auths"\s*:\s*\{(?:(?!"auths"\s*:\s*\{)[\s\S]){0,2000}"auth"\s*:\s*"[A-Za-z0-9+/=]{8,}"/ },
];
