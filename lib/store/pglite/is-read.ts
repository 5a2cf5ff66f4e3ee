import "server-only";

const READ = /^(?:select|with|values|table|show|explain)\b/i;
const WRITE =
  /\b(?:insert|update|delete|merge|into|nextval|setval|set_config|pg_notify|pg_(?:try_)?advisory\w*|lo_\w+|for\s+(?:no\s+key\s+)?update|for\s+(?:key\s+)?share)\b/i;
const LEADING = /^(?:\s|\(|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/;

/** Whether a statement surely only reads. A wrong "no" costs waiting; a wrong "yes" is caught by a read-only savepoint. */
export function isRead(sql: string): boolean {
  const body = sql.replace(LEADING, "").trimEnd().replace(/;$/, "");
  return READ.test(body) && !WRITE.test(body) && !body.includes(";");
}
