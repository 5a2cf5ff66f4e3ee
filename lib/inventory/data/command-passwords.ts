/** How one program takes a password on its command line. */
interface PasswordOption {
  /** Base names. */
  readonly programs: RegExp;
  /** Only in a command with this word: the flag means something else in others. */
  readonly says?: string;
  /** Whose next word is the password. */
  readonly flags?: readonly string[];
  /** The password follows without a space: `-psecret`. */
  readonly attached?: readonly string[];
  /** What of the word is the password; left out = all of it. */
  readonly part?: RegExp;
  /** The words before it, where no flag names it: `add_user NAME`, then the password. `*` = any word. */
  readonly after?: readonly string[];
}

/** Of `name:password`. */
const AFTER_COLON = /^[^:]*:(.+)$/s;

/** By the manuals of these programs. A flag alone that asks for the password (`mysql -p`) gives none. */
export const PASSWORD_OPTIONS: readonly PasswordOption[] = [
  { programs: /^(?:mysql|mariadb)(?:-?(?:dump|admin|check|import|show|slap|binlog|upgrade))?$/, attached: ["-p"] },
  { programs: /^(?:mysql|mariadb-?)admin$/, after: ["password"] },
  { programs: /^(?:redis|valkey|keydb)-(?:cli|benchmark)$/, flags: ["-a", "--pass"] },
  { programs: /^(?:redis|valkey|keydb)-server$/, flags: ["--requirepass", "--masterauth"] },
  { programs: /^mongo(?:sh|dump|restore|export|import|stat|top|files)?$/, flags: ["-p", "--password"] },
  { programs: /^curl$/, flags: ["-u", "--user", "-U", "--proxy-user"], attached: ["-u", "-U"], part: AFTER_COLON },
  { programs: /^curl$/, flags: ["-H", "--header"], part: /^\s*(?:proxy-)?authorization:\s*(?:basic|bearer|token)\s+(\S{8,})\s*$/i },
  { programs: /^curl$/, flags: ["-b", "--cookie"], part: /(?:sess|sid|auth|token|jwt)[\w.-]{0,64}=([^;\s]{16,})/i },
  { programs: /^wget$/, flags: ["--password", "--http-password", "--ftp-password", "--proxy-password"] },
  { programs: /^sshpass$/, flags: ["-p"], attached: ["-p"] },
  { programs: /^ldap(?:search|add|modify|delete|whoami|passwd|compare|modrdn)$/, flags: ["-w"] },
  { programs: /^(?:docker|podman|nerdctl|helm|skopeo|buildah|crane|oras|oc|argocd|az)$/, says: "login", flags: ["-p", "--password"] },
  { programs: /^(?:sqlcmd|bcp)$/, flags: ["-P"], attached: ["-P"] },
  { programs: /^(?:cqlsh|nodetool)$/, flags: ["-p", "-pw", "--password"] },
  { programs: /^smbclient$/, flags: ["-U", "--user"], part: /^[^%]*%(.+)$/s },
  { programs: /^keytool$/, flags: ["-storepass", "-keypass", "-srcstorepass", "-deststorepass"] },
  { programs: /^openssl$/, flags: ["-passin", "-passout", "-pass"], part: /^pass:(.+)$/s },
  { programs: /^rabbitmqctl$/, after: ["add_user", "*"] },
  { programs: /^rabbitmqctl$/, after: ["change_password", "*"] },
  ...["-b", "-bc", "-cb", "-Bbc", "-bBc", "-cBb", "-bB", "-Bb"].map((flags) => ({ programs: /^htpasswd$/, after: [flags, "*", "*"] })),
  ...["-nb", "-bn", "-nbB", "-bnB", "-Bbn", "-nBb"].map((flags) => ({ programs: /^htpasswd$/, after: [flags, "*"] })),
  { programs: /^ssh-keygen$/, flags: ["-N", "-P"] },
  { programs: /^aws$/, after: ["configure", "set", "aws_secret_access_key"] },
  { programs: /^mc$/, after: ["alias", "set", "*", "*", "*"] },
  { programs: /^mc$/, after: ["config", "host", "add", "*", "*", "*"] },
];

/** Variables that these programs read a password from, and whose names do not say so. */
export const PASSWORD_VARIABLES: ReadonlySet<string> = new Set([
  "REDISCLI_AUTH",
  "SSHPASS",
  "LDAPTLS_KEYPASS",
  "VAULT_TOKEN",
  "VAULT_DEV_ROOT_TOKEN_ID",
  "BAO_TOKEN",
  "BAO_DEV_ROOT_TOKEN_ID",
  "K3S_TOKEN",
  "RKE2_TOKEN",
]);

/** What is piped to these, or given in lines behind them, is a password. */
export const PASSWORD_READERS: readonly Pick<PasswordOption, "programs" | "says" | "part">[] = [
  { programs: /^chpasswd$/, part: /^[^:]*:([^\\\n]+)/ },
  { programs: /^passwd$/, says: "--stdin" },
  { programs: /^(?:vnc|smb)passwd$/ },
  { programs: /^(?:docker|podman|nerdctl|helm|skopeo|buildah|crane|oras)$/, says: "--password-stdin" },
];
