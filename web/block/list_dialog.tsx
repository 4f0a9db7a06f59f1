import type { Api } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { Problem } from "../components/problem.tsx";
import { useRead } from "../use_read.ts";
import { SiteList } from "./site_list.tsx";
import { listTitle } from "./words.ts";

interface ListDialogProps {
  readonly api: Api;
  readonly name: string;
  readonly onClose: () => void;
}

/** The names in one list. */
export function ListDialog({ api, name, onClose }: ListDialogProps) {
  const path = `/blocker/list?name=${encodeURIComponent(name)}`;
  const { data, problem, again } = useRead<{ domains: string[] }>(api, path);
  return (
    <Dialog title={listTitle(name)} isOpen onClose={onClose}>
      <Problem of={problem} doing="read the list" again={again} />
      {data === undefined
        ? problem === undefined && <p class="quiet">Reading the list</p>
        : <SiteList label={listTitle(name)} sites={data.domains} />}
    </Dialog>
  );
}
