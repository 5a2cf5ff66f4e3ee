import { clusterPage } from "@/app/cluster-page";
import { admissionAnswer, AdmissionPage } from "@/components/admission/admission-page";
import { momentQuerySchema } from "@/lib/contracts/words";
import { getAdmission } from "@/lib/reads/admission";

const page = clusterPage({
  name: "Admission",
  query: momentQuerySchema,
  read: ({ cluster }, moment) => getAdmission(cluster, moment),
  answer: admissionAnswer,
  show: (answer, { base }) => <AdmissionPage answer={answer} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
