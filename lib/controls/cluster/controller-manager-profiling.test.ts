import { describeProfilingControl } from "../testing-profiling";
import control from "./controller-manager-profiling";

describeProfilingControl(control, "kube-controller-manager", "kube-apiserver");
