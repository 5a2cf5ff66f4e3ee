import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { redactField } from "@/lib/inventory/secrets/redact-field";
import { dig, text } from "@/lib/model/json";
import { messageOf } from "@/lib/model/message-of";

/** Why the credentials of a kubeconfig, or of the pod that we run in (null), could not be had, in one sentence that says what to do. */
export function toCredentialError(cause: unknown, kubeconfig: { readonly exec: unknown; readonly authProvider: unknown } | null): AppError {
  if (cause instanceof AppError) return cause;
  const command = text(dig(kubeconfig?.exec, "command"));
  const code = text(dig(cause, "code"));
  const path = text(dig(cause, "path")) ?? "";
  const isSpawn = (text(dig(cause, "syscall")) ?? "").startsWith("spawn");
  if (isSpawn && code === "ENOENT") {
    return new AppError(
      "bad-request",
      `The credential plugin "${path || command}" that the kubeconfig names is not installed: install it or put it on the PATH of this server.`,
      { cause },
    );
  }
  if (isSpawn) return new AppError("bad-request", `The credential plugin "${path || command}" cannot be run (${code}): check its permissions.`, { cause });
  if (kubeconfig === null) {
    const what =
      code === "ENOENT" || code === "EACCES"
        ? `The file ${path} of this pod's service account cannot be read (${code})`
        : "The service account of this pod cannot be used";
    return new AppError("bad-request", `${what}: let the pod mount its token (automountServiceAccountToken), or set KUBECONFIG.`, { cause });
  }
  if (code === "ENOENT" || code === "EACCES") {
    return new AppError("bad-request", `The file ${path} that the kubeconfig names cannot be read (${code}): restore it or correct the kubeconfig.`, { cause });
  }
  const provider = text(dig(kubeconfig.authProvider, "name"));
  if (provider !== undefined)
    return new AppError(
      "bad-request",
      `The auth-provider "${provider}" of the kubeconfig gives no valid token: sign in again, or use the credential plugin (exec) that came in its place.`,
      { cause },
    );
  // A plugin may repeat what it was started with or sends: people see it, and it is stored with the scan.
  const said = redactField("args", messageOf(cause).trim().split("\n")[0] || "no message");
  if (command !== undefined)
    return new AppError("bad-request", `The credential plugin "${command}" failed (${said.slice(0, 200)}): run it by hand and sign in again.`, { cause });
  return new AppError("bad-request", `The credentials of the kubeconfig cannot be used (${said.slice(0, 200)}): sign in to the cluster again.`, { cause });
}
