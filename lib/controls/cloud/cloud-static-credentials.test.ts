import { deployment, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-static-credentials";

const aws = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });
const from = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: "cloud", key: name } } });
const target = { kind: "Deployment", name: "app" };
const keyFile = (volume: object, around: object = { emptyDir: {} }) =>
  deployment({
    container: {
      env: [{ name: "GOOGLE_APPLICATION_CREDENTIALS", value: "/var/key/sa.json" }],
      volumeMounts: [
        { name: "around", mountPath: "/var" },
        { name: "key", mountPath: "/var/key/" },
      ],
    },
    podSpec: {
      volumes: [
        { name: "around", ...around },
        { name: "key", ...volume },
      ],
    },
  });

describeControl(control, {
  fails: [
    {
      name: "a key from a Secret",
      objects: [aws, deployment({ container: { env: [from("AWS_ACCESS_KEY_ID"), from("AWS_SECRET_ACCESS_KEY")] } })],
      target,
      evidence: [{ path: "spec.template.spec.containers[0].env[1]", value: "AWS_SECRET_ACCESS_KEY", container: "app" }],
      severity: "high",
    },
    {
      name: "a key from a Secret, through another variable",
      objects: [
        aws,
        deployment({
          container: {
            env: [
              { ...from("KEY"), name: "KEY" },
              { name: "AWS_SECRET_ACCESS_KEY", value: "$(KEY)" },
            ],
          },
        }),
      ],
      target,
      severity: "high",
    },
    {
      name: "a key in the spec",
      objects: [aws, deployment({ container: { env: [{ name: "AZURE_CLIENT_SECRET", value: "x8Q~something-long-1" }] } })],
      target,
      severity: "critical",
    },
    { name: "a key file from a Secret", objects: [aws, keyFile({ secret: { secretName: "cloud" } })], target },
    {
      name: "a key of a store of one's own",
      objects: [aws, deployment({ container: { env: [from("AWS_SECRET_ACCESS_KEY"), { name: "AWS_ENDPOINT_URL", value: "http://minio.store.svc:9000" }] } })],
      target,
      severity: "low",
    },
    {
      name: "a key of a store that somebody else runs",
      objects: [aws, deployment({ container: { env: [from("AWS_SECRET_ACCESS_KEY"), { name: "AWS_ENDPOINT_URL", value: "https://s3.example.com" }] } })],
      target,
      severity: "high",
    },
    { name: "wherever the cluster runs", objects: [node(), deployment({ container: { env: [from("AWS_SECRET_ACCESS_KEY")] } })], target },
    {
      name: "a key file of a Secret that is projected",
      objects: [aws, keyFile({ projected: { sources: [{ secret: { name: "cloud" } }] } })],
      target,
      severity: "high",
    },
  ],
  passes: [
    {
      name: "a role that is assumed",
      objects: [
        aws,
        deployment({
          container: {
            env: [
              { name: "AWS_ROLE_ARN", value: "arn:aws:iam::1:role/a" },
              { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: "/var/run/secrets/eks.amazonaws.com/serviceaccount/token" },
            ],
          },
        }),
      ],
      target,
    },
    { name: "a file of another volume, inside of a Secret", objects: [aws, keyFile({ emptyDir: {} }, { secret: { secretName: "cloud" } })], target },
    {
      name: "a projected token, beside the file that says how to use it",
      objects: [aws, keyFile({ projected: { sources: [{ serviceAccountToken: { path: "token" } }, { secret: { name: "federation" } }] } })],
      target,
    },
    { name: "a projected token", objects: [aws, keyFile({ projected: { sources: [{ serviceAccountToken: { path: "token" } }] } })], target },
    {
      name: "the id of a key without the key",
      objects: [aws, deployment({ container: { env: [from("AWS_ACCESS_KEY_ID"), { name: "AWS_SECRET_ACCESS_KEY", value: "" }] } })],
      target,
    },
  ],
  notApplicable: [
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } }), deployment()], target },
    { name: "no known cloud", objects: [node(), deployment()], target },
  ],
});
