/** From most to least; what each allows stands in `permissions.ts`. */
export const MEMBER_ROLES = ['owner', 'admin', 'auditor', 'agent', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
