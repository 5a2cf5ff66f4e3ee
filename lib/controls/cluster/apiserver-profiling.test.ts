import { describeProfilingControl } from "../testing-profiling";
import control from "./apiserver-profiling";

describeProfilingControl(control, "kube-apiserver", "kube-controller-manager");
