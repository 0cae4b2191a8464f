/** Made from our OpenAPI document by scripts/generate-api-client.ts. Do not edit. */

export interface paths {
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Session.present"];
        put?: never;
        post: operations["Session.begin"];
        delete: operations["Session.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["Password.change"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Workspace.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["Workspace.change"];
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Members.list"];
        put?: never;
        post: operations["Members.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Members.remove"];
        options?: never;
        head?: never;
        patch: operations["Members.change"];
        trace?: never;
    };
    "/api/v1/members/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["Members.resetPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ApiKeys.list"];
        put?: never;
        post: operations["ApiKeys.issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["ApiKeys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Link.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customer.consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customer.decline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/unsupported": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customer.unsupported"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/recordings/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customer.submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/recordings/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customer.discard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/recordings/{id}/stay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Customer.stay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/recordings/{id}/poster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["Customer.poster"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recording-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Requests.list"];
        put?: never;
        post: operations["Requests.request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recording-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Requests.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recording-requests/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Requests.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recording-requests/{id}/remind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Requests.remind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recordings.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Recordings.one"];
        put?: never;
        post?: never;
        delete: operations["Recordings.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/retry-processing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Recordings.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Media.watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/camera": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Media.camera"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/poster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Media.poster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/storyboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Media.storyboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Media.download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Changes.follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin an upload; with a body, also its first append */
        post: operations["Tus.open"];
        delete?: never;
        /** What this tus server supports */
        options: operations["Tus.capabilities"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an upload back; what was stored is deleted */
        delete: operations["Tus.terminate"];
        options?: never;
        /** How much of an upload is safely stored */
        head: operations["Tus.stand"];
        /** Append; 204 means it is stored for good */
        patch: operations["Tus.append"];
        trace?: never;
    };
    "/uploads/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an upload: length and digest of the whole must agree */
        post: operations["UploadCompletion.complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        SignInInput: {
            email: string;
            password: string;
            workspace?: string;
        };
        SessionMember: {
            /** Format: uuid */
            id: string;
            name: string | null;
            email: string | null;
            /** @enum {string} */
            role: "owner" | "admin" | "auditor" | "agent" | "viewer";
        };
        SessionWorkspace: {
            /** Format: uuid */
            id: string;
            name: string;
            slug: string;
            accent: string | null;
        };
        SessionView: {
            member: components["schemas"]["SessionMember"];
            workspace: components["schemas"]["SessionWorkspace"];
            /** @description What this member may do */
            permissions: ("account.own" | "workspace.read" | "workspace.manage" | "members.read" | "members.manage" | "owners.manage" | "api_keys.read" | "api_keys.manage" | "requests.read" | "requests.write" | "recordings.read" | "recordings.watch" | "recordings.download" | "recordings.manage")[];
        };
        ChangePasswordInput: {
            currentPassword: string;
            newPassword: string;
        };
        WorkspaceView: {
            /** Format: uuid */
            id: string;
            slug: string;
            region: string;
            name: string;
            accent: string | null;
            /** @enum {string} */
            abandonedPolicy: "finalise" | "discard";
            retentionDays: number;
        };
        WorkspaceSettingsInput: {
            accent?: string | null;
            name?: string;
            /** @enum {string} */
            abandonedPolicy?: "finalise" | "discard";
            retentionDays?: number;
        };
        ListedMemberView: {
            /** Format: uuid */
            id: string;
            name: string | null;
            email: string | null;
            /** @enum {string} */
            role: "owner" | "admin" | "auditor" | "agent" | "viewer";
            /** Format: date-time */
            addedAt: string;
            /** @description For If-Match */
            version: number;
        };
        MemberPage: {
            items: components["schemas"]["ListedMemberView"][];
            nextCursor: string | null;
        };
        NewMemberInput: {
            name: string;
            /** Format: email */
            email: string;
            /** @enum {string} */
            role: "admin" | "auditor" | "agent" | "viewer";
            password: string;
        };
        MemberView: {
            /** Format: uuid */
            id: string;
            name: string | null;
            email: string | null;
            /** @enum {string} */
            role: "owner" | "admin" | "auditor" | "agent" | "viewer";
        };
        MemberChangeInput: {
            /** @enum {string} */
            role: "owner" | "admin" | "auditor" | "agent" | "viewer";
        };
        NewPasswordInput: {
            password: string;
        };
        ApiKeyHolder: {
            /** Format: uuid */
            id: string;
            name: string | null;
        };
        ApiKeyView: {
            /** Format: uuid */
            id: string;
            name: string | null;
            /** @description How the key begins */
            prefix: string;
            scopes: string[];
            /** @description Whose it is: it ends with their membership */
            holder: components["schemas"]["ApiKeyHolder"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKeyView"][];
            nextCursor: string | null;
        };
        NewApiKeyInput: {
            name: string;
            scopes: ("requests:read" | "requests:write" | "recordings:read" | "recordings:write" | "workspace:read" | "members:read")[];
        };
        CreatedApiKeyView: {
            /** Format: uuid */
            id: string;
            name: string | null;
            /** @description How the key begins */
            prefix: string;
            scopes: string[];
            /** @description Whose it is: it ends with their membership */
            holder: components["schemas"]["ApiKeyHolder"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** @description The whole key: shown here and never again */
            key: string;
        };
        OpenLinkInput: {
            code: string;
        };
        ConsentInput: {
            textSha256: string;
            version: string;
            locale: string;
            scope: ("screen" | "microphone" | "camera" | "system-audio" | "file")[];
        };
        DeclineInput: {
            reason?: string;
        };
        UnsupportedInput: {
            /** @enum {string} */
            reason: "no-display-capture" | "no-recorder" | "no-storage" | "insecure-context";
            browser: string;
        };
        TrimInput: {
            startMs: number;
            endMs: number;
        };
        SentUploadInput: {
            /** Format: uuid */
            uploadId: string;
            bytes: number;
            sha256: string;
        };
        SubmitInput: {
            durationMs: number;
            width: number;
            height: number;
            note?: string;
            trim?: components["schemas"]["TrimInput"];
            uploads: components["schemas"]["SentUploadInput"][];
        };
        TicketInput: {
            reference: string;
            subject?: string;
            /** Format: uri */
            url?: string;
        };
        OptionsInput: {
            /** @enum {string} */
            microphone?: "on" | "optional" | "off";
            camera?: boolean;
            systemAudio?: boolean;
            maxDurationMs?: number;
        };
        RecordingRequestInput: {
            customerName?: string;
            /** Format: email */
            customerEmail?: string;
            message?: string;
            ticket?: components["schemas"]["TicketInput"];
            expiresInHours?: number;
            options?: components["schemas"]["OptionsInput"];
        };
        TicketView: {
            reference: string;
            subject: string | null;
            url: string | null;
        };
        AgentView: {
            /** Format: uuid */
            id: string;
            name: string | null;
        };
        RequestWithLink: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "sent" | "opened" | "recording" | "received" | "declined" | "unsupported" | "cancelled" | "expired";
            customerName: string | null;
            customerEmail: string | null;
            message: string | null;
            ticket: components["schemas"]["TicketView"] | null;
            agent: components["schemas"]["AgentView"] | null;
            /** Format: uuid */
            recordingId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            lastChangeAt: string;
            /** @description For If-Match */
            version: number;
            /**
             * Format: uri
             * @description Shown here and never again: only its hash is kept
             */
            link: string;
        };
        RequestView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "sent" | "opened" | "recording" | "received" | "declined" | "unsupported" | "cancelled" | "expired";
            customerName: string | null;
            customerEmail: string | null;
            message: string | null;
            ticket: components["schemas"]["TicketView"] | null;
            agent: components["schemas"]["AgentView"] | null;
            /** Format: uuid */
            recordingId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            lastChangeAt: string;
            /** @description For If-Match */
            version: number;
        };
        RequestPage: {
            items: components["schemas"]["RequestView"][];
            nextCursor: string | null;
        };
        RemindInput: {
            expiresInHours?: number;
        };
        StoryboardView: {
            columns: number;
            rows: number;
            /** @description How many of the tiles show something */
            count: number;
            /** @description Tile n shows the moment n × this */
            intervalMs: number;
        };
        RecordingView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            requestId: string;
            /** @enum {string} */
            status: "received" | "processing" | "ready" | "failed" | "deleting";
            /** @description The customer did not press Send; what had arrived was kept */
            interrupted: boolean;
            customerName: string | null;
            /** @description What the agent asked */
            message: string | null;
            /** @description What the customer wrote on sending */
            note: string | null;
            ticket: components["schemas"]["TicketView"] | null;
            /** Format: uuid */
            agentId: string | null;
            durationMs: number;
            width: number;
            height: number;
            bytes: number;
            mediaType: string;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description When it will be deleted; null for what came before this was fixed
             */
            deletesAt: string | null;
            /** @enum {string|null} */
            processedBy: "ffmpeg" | "mediabunny" | null;
            /** @description 0 to 1 while it is processed */
            progress: number | null;
            /** @description Why it could not be processed, in a sentence */
            failure: string | null;
            /** @description Whether preparing it once more may succeed */
            retryable: boolean;
            hasPoster: boolean;
            hasMp4: boolean;
            storyboard: components["schemas"]["StoryboardView"] | null;
            /** @description Whether there is a camera track */
            camera: boolean;
            /** @description Whether it may be watched before it is seekable */
            chunksPlayable: boolean;
            /** @description For If-Match */
            version: number;
        };
        RecordingPage: {
            items: components["schemas"]["RecordingView"][];
            nextCursor: string | null;
        };
        CompleteUploadBody: Record<string, never>;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "Session.present": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Session.begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Session.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Password.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Workspace.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Workspace.change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceSettingsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Members.list": {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Members.add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMemberInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Members.remove": {
        parameters: {
            query?: {
                keys?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Members.change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberChangeInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Members.resetPassword": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasswordInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "ApiKeys.list": {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "ApiKeys.issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKeyInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "ApiKeys.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Link.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenLinkInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclineInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.unsupported": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsupportedInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.submit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.discard": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.stay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Customer.poster": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Requests.list": {
        parameters: {
            query?: {
                ticket?: string;
                status?: "sent" | "opened" | "recording" | "received" | "declined" | "unsupported" | "cancelled" | "expired";
                cursor?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Requests.request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordingRequestInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestWithLink"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Requests.one": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Requests.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Requests.remind": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemindInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestWithLink"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Recordings.list": {
        parameters: {
            query?: {
                q?: string;
                status?: "received" | "processing" | "ready" | "failed";
                ticket?: string;
                from?: string;
                to?: string;
                cursor?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingPage"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Recordings.one": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingView"];
                };
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Recordings.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Recordings.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Media.watch": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Media.camera": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Media.poster": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Media.storyboard": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Media.download": {
        parameters: {
            query?: {
                /** @description recording: the seekable file; before there is one, and where none could be made, what arrived, unless a part of it was cut off. mp4: a copy for players elsewhere, where ffmpeg made one */
                variant?: "recording" | "mp4";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Changes.follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Tus.open": {
        parameters: {
            query?: never;
            header: {
                /** @description filetype, track (screen, camera), source, recording (to join) */
                "Upload-Metadata"?: string;
                /** @description Bytes; or Upload-Defer-Length: 1 */
                "Upload-Length"?: string;
                "Tus-Resumable": "1.0.0";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Location: the upload; Upload-Recording: its recording */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Tus.capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Tus.terminate": {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is complete: discard its recording instead */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Tus.stand": {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Upload-Offset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "Tus.append": {
        parameters: {
            query?: never;
            header: {
                /** @description sha-256=:base64: (RFC 9530); or Upload-Checksum */
                "Content-Digest"?: string;
                /** @description Where these bytes belong */
                "Upload-Offset": string;
                "Tus-Resumable": "1.0.0";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Upload-Offset: where to continue */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Upload-Offset: where to continue instead */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
    "UploadCompletion.complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteUploadBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The whole was read too often to check claims about it */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** Format: uri */
                        type: string;
                        title: string;
                        status: number;
                        /** @description A sentence for people */
                        detail: string;
                        /** @description For machines, such as LINK_EXPIRED */
                        code: string;
                        /** Format: uuid */
                        correlationId: string;
                    };
                };
            };
        };
    };
}
