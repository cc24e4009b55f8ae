import { check } from 'seedance-preflight';

export const dynamic = 'force-dynamic';

export default function Page() {
  const { findings } = check({ model: 'seedance2.0-mini', prompt: 'a fox', duration: 20 });
  return findings.map(({ rule, message }) => (
    <p key={rule} id={rule}>
      {message}
    </p>
  ));
}
