/**
 * What setup writes: who may start the installed writer, and with what. Each names that one path and takes
 * no argument from its caller.
 * @module
 */
import { SYSTEM_PATH, WRITER_FLAGS } from "./ways.ts";

/**
 * The installed program: an empty environment, its own runtime, its own source. Where the unit is there, a
 * block outlives the machine's restart; where it is not, a request to end lifts it.
 */
export function wrapperText(folder: string, entry: string, unit: string): string {
  return `#!/bin/sh
# ProdTracker's blocker, installed by "prodtracker block setup"; it may run as root.
# "--boot" is for the unit at boot: sudo and pkexec let nobody give an argument.
case $#,$1 in
  0,) mode=--alone; [ ! -e ${unit} ] || mode=--installed ;;
  1,--boot) mode=--boot ;;
  *) exit 2 ;;
esac
umask 022
cd / || exit 1
exec /usr/bin/env -i PATH=${SYSTEM_PATH} DENO_DIR=${folder}/deno_dir DENO_NO_UPDATE_CHECK=1 \\
  ${folder}/deno run ${WRITER_FLAGS.join(" ")} --cached-only \\
  ${entry} "$mode"
`;
}

/** \`""\` in a rule means: without arguments. */
export function sudoersText(program: string, user: string): string {
  return `# ProdTracker: ${user} may block sites and unblock them, by this one program of root's.
Defaults!${program} env_reset, !setenv, secure_path="${SYSTEM_PATH}"
${user} ALL=(root) NOPASSWD: ${program} ""
`;
}

export function polkitText(program: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE policyconfig PUBLIC "-//freedesktop//DTD PolicyKit Policy Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/PolicyKit/1/policyconfig.dtd">
<policyconfig>
  <action id="org.prodtracker.hosts_apply">
    <description>Block or unblock sites</description>
    <message>ProdTracker wants to change which sites are blocked</message>
    <defaults>
      <allow_any>auth_admin</allow_any>
      <allow_inactive>auth_admin</allow_inactive>
      <allow_active>auth_admin_keep</allow_active>
    </defaults>
    <annotate key="org.freedesktop.policykit.exec.path">${program}</annotate>
  </action>
</policyconfig>
`;
}

export function unitText(program: string): string {
  return `[Unit]
Description=ProdTracker: lift a block that is over, and wait for the end of one that is not
After=local-fs.target

[Service]
ExecStart=${program} --boot

[Install]
WantedBy=multi-user.target
`;
}
