/** Seccomp and AppArmor profile types that the Pod Security Standards accept where a profile is given. */
export function isAllowedProfileType(type: string | undefined): boolean {
  return type === "RuntimeDefault" || type === "Localhost";
}
