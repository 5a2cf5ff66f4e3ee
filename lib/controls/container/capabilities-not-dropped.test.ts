import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./capabilities-not-dropped";

function capabilities(value: unknown) {
  return { securityContext: { capabilities: value } };
}

describeControl(control, {
  fails: [
    {
      name: "nothing dropped",
      objects: [deployment({ container: capabilities(undefined) })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.drop", value: null, container: "app" }],
      severity: "medium",
    },
    {
      name: "some dropped",
      objects: [deployment({ container: capabilities({ drop: ["NET_RAW"] }) })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.drop", value: '["NET_RAW"]' }],
    },
    {
      name: "all in lower case, which runtimes take for ALL",
      objects: [deployment({ container: capabilities({ drop: ["all"] }) })],
      evidence: [
        {
          path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
          message: 'Container app drops "all": runtimes take it for ALL, Pod Security admission does not.',
        },
      ],
    },
    {
      name: "ALL with a prefix, which means nothing to anybody",
      objects: [deployment({ container: capabilities({ drop: ["CAP_ALL"] }) })],
      evidence: [
        {
          path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
          message: 'Container app drops "CAP_ALL", which neither runtimes nor Pod Security admission take for ALL.',
        },
      ],
    },
    {
      name: "ALL dropped and a default one added back",
      objects: [deployment({ container: capabilities({ drop: ["ALL"], add: ["CHOWN"] }) })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]", value: "CHOWN" }],
    },
    { name: "beside a dangerous addition", objects: [deployment({ container: capabilities({ drop: undefined, add: ["NET_ADMIN"] }) })] },
  ],
  passes: [
    { name: "ALL dropped", objects: [deployment()] },
    { name: "ALL dropped, low ports added back", objects: [deployment({ container: capabilities({ drop: ["ALL"], add: ["NET_BIND_SERVICE"] }) })] },
    {
      name: "ALL dropped; what lies outside the baseline set is another control's",
      objects: [deployment({ container: capabilities({ drop: ["ALL"], add: ["SYS_TIME"] }) })],
    },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [{ name: "the container is privileged", objects: [deployment({ container: { securityContext: { privileged: true, capabilities: undefined } } })] }],
});
