import type { Context } from "../view";

/** Secrets were asked for in vain. Where nobody asks for them, controls that look at them beside other things judge without them. */
export function areSecretsLost({ settings, isRead }: Pick<Context<"secrets">, "settings" | "isRead">): boolean {
  return settings.optInSources.includes("secret-metadata") && !isRead("secrets");
}
