/** How a file that holds an account in each line, and no names of its fields, is called, and what of a line is the password. By the manuals of what reads them. */
export const PASSWORD_FILES: readonly { readonly file: RegExp; readonly line: RegExp }[] = [
  // PostgreSQL: host, port, database, user, password.
  { file: /pgpass/i, line: /^[^:#\n][^:\n]*(?::[^:\n]+){3}:([^\s"']+)$/gm },
  // PgBouncer
  { file: /userlist/i, line: /^"[^"\n]+"[ \t]+"([^"\n]+)"/gm },
  // Postfix
  { file: /sasl_?passw/i, line: /^[^\s#]\S*[ \t]+[^\s:]+:(\S.*)$/gm },
  // Net-SNMP
  { file: /snmp/i, line: /^[ \t]*createUser[ \t]+(?:-e[ \t]+\S+[ \t]+)?\S+[ \t]+(?:MD5|SHA\S*)[ \t]+"?([^"\s]+)/gm },
  // Net-SNMP, the exporter of Prometheus and Telegraf: what a device asks for in place of a password, but for the words that every handbook has.
  {
    file: /snmp|telegraf/i,
    line: /^[ \t]*(?:r[ow]community6?|com2sec6?(?:[ \t]+\S+){2}|(?:-[ \t]+)?community[ \t]*[:=])[ \t]+["']?(?!(?:public|private)\b)([^"'\s]+)/gm,
  },
  // PPP
  { file: /(?:chap|pap)-secrets/i, line: /^[^\s#]\S*[ \t]+\S+[ \t]+"?([^"\s]+)/gm },
  // strongSwan
  { file: /ipsec\S*secrets/i, line: /:[ \t]*(?:EAP|XAUTH)[ \t]+"([^"\n]+)"/gm },
  // Kafka and ZooKeeper: `user_ada="x"`
  { file: /jaas/i, line: /^[ \t]*user_[\w.-]+[ \t]*=[ \t]*"([^"\n]+)"/gm },
  // The SFTP server of atmoz: user, password, user id.
  { file: /users\.conf$/i, line: /^[\w.-]+:([^:\s]*[A-Za-z][^:\s]*):(?:e:)?\d+(?::|$)/gm },
  // Routers of FRR and Quagga: that of a neighbour.
  { file: /frr|bgpd|quagga/i, line: /^[ \t]*neighbor[ \t]+\S+[ \t]+password[ \t]+(\S+)/gm },
  // cloud-init: under `chpasswd`, the accounts of `list`. R and RANDOM have it make one up, and variables are filled in.
  {
    file: /user-?data|cloud-?(?:init|config)/i,
    line: /^[ \t]*chpasswd:[ \t]*\n(?:[ \t][^\n]*\n){0,20}?[ \t]+(?:-[ \t]+)?["']?[a-z_][\w.-]*:(?!R(?:ANDOM)?["']?$|\$\{?[A-Z_])([^\s"':]+)["']?[ \t]*$/gm,
  },
];
