import { hiddenVariables } from "./component-flags";
import { list, record, text } from "../../model/json";
import type { ComponentInstance } from "./control-plane";

/** One setting of etcd: a flag, or the environment variable of the same meaning, which a flag overrides. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** The value is the word behind it. */
  readonly isApart: boolean;
}

const toVariable = (name: string): string => `ETCD_${name.toUpperCase().replace(/-/g, "_")}`;

/** No flag sets it, and the variable that would is in a ConfigMap or Secret. */
export function isHiddenSetting({ flags, container }: ComponentInstance, name: string): boolean {
  return !flags.get(name) && hiddenVariables(container)(toVariable(name));
}

/** `client-cert-auth` as `--client-cert-auth` or `ETCD_CLIENT_CERT_AUTH`. */
export function findSetting(instance: ComponentInstance, name: string): Setting | undefined {
  const flag = instance.flags.get(name);
  if (flag) return { name: `--${name}`, ...flag };
  const variable = toVariable(name);
  const env = list(instance.container.spec.env);
  const index = env.findIndex((entry) => record(entry).name === variable);
  const value = text(record(env[index]).value);
  return value === undefined || value === "" ? undefined : { name: variable, value, isApart: false, path: instance.container.at(`env[${index}].value`) };
}
