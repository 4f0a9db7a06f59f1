/**
 * Certificates of the tests' own authorities, made by openssl.
 * @module
 */
import { join } from "node:path";

/** Good and bad ones: from an authority nobody trusts, for another name, of yesterday. */
export const CERTIFICATES = [
  "good",
  "untrusted",
  "wrong_name",
  "expired",
] as const;
export type CertificateName = typeof CERTIFICATES[number];

const NAMES: Readonly<Record<CertificateName, string>> = {
  good: "DNS:localhost,IP:127.0.0.1",
  untrusted: "DNS:localhost,IP:127.0.0.1",
  wrong_name: "DNS:mail.other.test",
  expired: "DNS:localhost,IP:127.0.0.1",
};

const EC_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

/** Writes `NAME.crt` and `NAME.key` of each into `folder`, and `ca.crt`, who is to be trusted. */
export async function makeCertificates(folder: string): Promise<void> {
  for (const authority of ["ca", "other_ca"]) {
    const files = `-keyout ${authority}.key -out ${authority}.crt`;
    const what = `-days 2 -subj /CN=${authority} -addext keyUsage=critical,keyCertSign`;
    await openssl(folder, `req -x509 ${EC_KEY} ${files} ${what}`);
  }
  await Deno.writeTextFile(join(folder, "ca.conf"), CONFIG);
  for (const name of CERTIFICATES) await makeCertificate(folder, name);
}

async function makeCertificate(folder: string, name: CertificateName): Promise<void> {
  await openssl(folder, `req ${EC_KEY} -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`);
  const text = `subjectAltName=${NAMES[name]}\nextendedKeyUsage=serverAuth\n`;
  await Deno.writeTextFile(join(folder, `${name}.ext`), text);
  await Deno.writeTextFile(join(folder, "index.txt"), "");
  const authority = name === "untrusted" ? "other_ca" : "ca";
  const span = name === "expired" ? ["20200101000000Z", "20200201000000Z"] : yesterdayToTomorrow();
  const settings = `-batch -notext -config ca.conf -extfile ${name}.ext`;
  const signer = `-keyfile ${authority}.key -cert ${authority}.crt`;
  const times = `-startdate ${span[0]} -enddate ${span[1]}`;
  await openssl(folder, `ca ${settings} ${signer} ${times} -in ${name}.csr -out ${name}.crt`);
}

const CONFIG = `
[ca]
default_ca = tests
[tests]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`;

function yesterdayToTomorrow(): string[] {
  const dayMs = 86_400_000;
  return [-dayMs, dayMs].map((offsetMs) => {
    const iso = new Date(Date.now() + offsetMs).toISOString();
    return `${iso.slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
  });
}

async function openssl(folder: string, args: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", {
    args: args.split(" "),
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`openssl ${args}: ${new TextDecoder().decode(stderr)}`);
}
