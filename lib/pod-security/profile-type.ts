import type { Rule } from "./check";

/** Seccomp and AppArmor profile types that the Pod Security Standards accept where a profile is given. */
export function isAllowedProfileType(type: string | undefined): boolean {
  return type === "RuntimeDefault" || type === "Localhost";
}

/** The rule on one field of security contexts that holds a profile. A bad value at pod level counts even when every container overrides it. */
export function profileRule(field: "appArmorProfile" | "seccompProfile", name: "AppArmor" | "seccomp"): Rule {
  return (pod) => {
    const places = [
      { who: "The pod", container: undefined, on: "", spec: pod.spec },
      ...pod.containers().map(({ name: container, label, spec }) => ({ who: `Container ${label}`, container, on: label, spec })),
    ];
    return places.flatMap(({ who, container, on, spec }) => {
      const profile = spec.part("securityContext").find(field);
      const type = profile?.text("type");
      if (!profile || isAllowedProfileType(type)) return [];
      const message = `${who} has the ${name} profile ${type || "without a type"}.`;
      return [{ path: profile.at("type"), value: type, message, on, ...(container !== undefined && { container }) }];
    });
  };
}
