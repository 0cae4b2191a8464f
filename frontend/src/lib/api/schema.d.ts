/** Made from our OpenAPI document by scripts/generate-api-client.ts. Do not edit. */

export interface paths {
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description The member and the workspace of the present session. Asking keeps no idle session alive.
         */
        get: operations["Session.present"];
        put?: never;
        /**
         * Sign in
         * @description Begins a session, which is a cookie. One that the browser already had ends.
         */
        post: operations["Session.begin"];
        /**
         * Sign out
         * @description Repeating it, or doing it with a session long over, is no error.
         */
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
        /**
         * Change one's own password
         * @description Every other browser is signed out; this one goes on with a new session.
         */
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
        /**
         * Read the workspace's settings
         * @description Always up to date. An API key needs the scope `workspace:read`.
         */
        get: operations["Workspace.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the workspace's settings
         * @description What is left out stays.
         */
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
        /**
         * List members
         * @description In the order they came; removed ones are not listed. An API key needs the scope `members:read`.
         */
        get: operations["Members.list"];
        put?: never;
        /**
         * Add a member
         * @description With a password for the first sign-in.
         */
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
        /**
         * Remove a member
         * @description Signs them out everywhere, at once.
         */
        delete: operations["Members.remove"];
        options?: never;
        head?: never;
        /**
         * Change a member's role
         * @description In force with the member's next request.
         */
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
        /**
         * Give a member a new password
         * @description For one who forgot theirs. Signs them out everywhere.
         */
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
        /**
         * List API keys
         * @description Newest first. Of a key only its beginning is known.
         */
        get: operations["ApiKeys.list"];
        put?: never;
        /**
         * Make an API key
         * @description The whole key is in this answer and never again. A repeated Idempotency-Key cannot be answered again: it is refused.
         */
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
        /**
         * Revoke an API key
         * @description It opens nothing from now on.
         */
        delete: operations["ApiKeys.revoke"];
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
        /**
         * Watch a recording
         * @description The seekable file, or until there is one what arrived, unless a part of it was cut off. Answers ranges. The address, with the viewing in it, is what `POST …/viewings` answers as `url`. An API key needs the scope `recordings:read`.
         */
        get: operations["Media.watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Watch a recording: only how long it is
         * @description What GET says of the whole, without its bytes. An API key needs the scope `recordings:read`.
         */
        head: operations["Media.watchHead"];
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
        /**
         * Watch a recording's camera
         * @description The track beside the screen, where there is one, under the same viewing (`cameraUrl`). An API key needs the scope `recordings:read`.
         */
        get: operations["Media.camera"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Watch a recording's camera: only how long it is
         * @description What GET says of the whole, without its bytes. An API key needs the scope `recordings:read`.
         */
        head: operations["Media.cameraHead"];
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
        /**
         * A recording's still picture
         * @description A JPEG, where there is one (`hasPoster`). An API key needs the scope `recordings:read`.
         */
        get: operations["Media.poster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * A recording's still picture: only how long it is
         * @description What GET says of the whole, without its bytes. An API key needs the scope `recordings:read`.
         */
        head: operations["Media.posterHead"];
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
        /**
         * A recording's storyboard
         * @description A JPEG of tiles; `storyboard` of the recording says how they lie. An API key needs the scope `recordings:read`.
         */
        get: operations["Media.storyboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * A recording's storyboard: only how long it is
         * @description What GET says of the whole, without its bytes. An API key needs the scope `recordings:read`.
         */
        head: operations["Media.storyboardHead"];
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
        /**
         * Download a recording
         * @description The same bytes as an attachment, or a copy as MP4 where one was made. The address, with the download in it, is what `POST …/downloads` answers as `url`: a plain link to it will do. An API key needs the scope `recordings:read`.
         */
        get: operations["Media.download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Download a recording: only how long it is
         * @description What GET says of the whole, without its bytes. An API key needs the scope `recordings:read`.
         */
        head: operations["Media.downloadHead"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/viewings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to watch a recording
         * @description Notes who watches, and answers where. Ranges, seeks and reconnects go on under the same viewing, also when the seekable file takes the place of what arrived; another sitting is another viewing. An API key needs the scope `recordings:read`.
         */
        post: operations["Viewings.beginViewing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/viewings/{viewingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a viewing of yours
         * @description Gone when its time is up. An API key needs the scope `recordings:read`.
         */
        get: operations["Viewings.viewing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to download a recording
         * @description Notes who takes it away, and answers where it is. A download that broke off goes on under the same address. An API key needs the scope `recordings:read`.
         */
        post: operations["Viewings.beginDownload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/downloads/{downloadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a download of yours
         * @description Gone when its time is up. An API key needs the scope `recordings:read`.
         */
        get: operations["Viewings.download"];
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
        /**
         * Begin an upload
         * @description Of a whole file, or of what is still being recorded. With a body, it is also the first append. Consent must have been given.
         */
        post: operations["Tus.open"];
        delete?: never;
        /**
         * What this tus server supports
         * @description Version, extensions and checksum algorithms.
         */
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
        /**
         * Append to an upload, ask for it or take it back, by POST
         * @description For clients behind something that lets only GET and POST through; otherwise as the method named.
         */
        post: operations["Tus.overridden"];
        /**
         * Take an upload back
         * @description What was stored of it is deleted. One that is complete is discarded with its recording instead.
         */
        delete: operations["Tus.terminate"];
        /**
         * The same, asked at an upload
         * @description Whether there is one or not.
         */
        options: operations["Tus.capabilitiesOfOne"];
        /**
         * How much of an upload is stored for good
         * @description Where to go on after a broken line.
         */
        head: operations["Tus.stand"];
        /**
         * Append to an upload
         * @description 204 means that these bytes are stored for good. With a digest the append has at most 1 MiB and is stored whole or not at all.
         */
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
        /**
         * Close an upload
         * @description Beyond tus: length and digest of the whole must agree. Send does it too, so it need not be called.
         */
        post: operations["UploadCompletion.complete"];
        delete?: never;
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
        /**
         * Open a link
         * @description The code at the end of a link buys a capability to act as its request's customer. It travels in the body, since addresses end up in logs. Nothing changes by it, since mail programs open links, too: say who is there with `POST /api/v1/customer/here`.
         */
        post: operations["Link.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer/here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that somebody has opened the link
         * @description With the first thing that a person does on the page. From then on the request is opened, and older links begin nothing more. Repeating it is no error; whatever else the customer does says it too.
         */
        post: operations["Customer.here"];
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
        /**
         * Agree to be recorded
         * @description No upload begins without it.
         */
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
        /**
         * Decline
         * @description Ends the request; the reason, if any, goes to whoever asked.
         */
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
        /**
         * Say that this browser cannot record
         * @description The link goes on working elsewhere.
         */
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
        /**
         * Send a recording
         * @description Length and digest of every upload must be right. Repeating it answers the same receipt.
         */
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
        /**
         * Discard a recording
         * @description What was uploaded is deleted at once. Repeating it is no error.
         */
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
        /**
         * Say that one is still at it
         * @description So that a long pause or a careful review is not taken for leaving.
         */
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
        /**
         * Give a recording's still picture
         * @description A JPEG of at most 300,000 bytes and 4096 × 4096 pixels, for where the server cannot decode video.
         */
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
        /**
         * List recording requests
         * @description Newest first. A request whose time is up reads as expired. An API key needs the scope `requests:read`.
         */
        get: operations["Requests.list"];
        put?: never;
        /**
         * Ask a customer for a recording
         * @description `link` is what to send them; it is in this answer only. A retry with the same Idempotency-Key and body is the same request, with the link that opens it by then. An API key needs the scope `requests:write`.
         */
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
        /**
         * Read a recording request
         * @description What was just made is found at once; what was just changed, with `after`. An API key needs the scope `requests:read`.
         */
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
        /**
         * Cancel a recording request
         * @description Its link stops working and what was being recorded is discarded. Repeating it is no error. An API key needs the scope `requests:write`.
         */
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
        /**
         * Make a new link for a request
         * @description The older ones stop working. The new one is in this answer only. A retry with the same Idempotency-Key and body makes no further one. An API key needs the scope `requests:write`.
         */
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
        /**
         * List recordings
         * @description Newest first. With `q`, a page may be shorter than asked and still have a next one: go on until `nextCursor` is null. An API key needs the scope `recordings:read`.
         */
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
        /**
         * Read a recording
         * @description The ETag also changes with the progress of its processing. An API key needs the scope `recordings:read`.
         */
        get: operations["Recordings.one"];
        put?: never;
        post?: never;
        /**
         * Delete a recording
         * @description It is hidden for good before this answers; the worker then destroys its key and its bytes. An API key needs the scope `recordings:write`.
         */
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
        /**
         * Prepare a recording once more
         * @description For one whose preparation failed for no fault of its own (`retryable`). An API key needs the scope `recordings:write`.
         */
        post: operations["Recordings.retry"];
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
        /**
         * Follow what happens
         * @description Server-sent events: `change` says what changed in the workspace, never its content: ask the list, with `after`. `ping` comes at once and every 15 seconds. Ids are positions, with a part behind a dot within one event: after a broken line the stream goes on from the one given back, or says `reset` when that is too long ago. It ends after ten minutes at the latest; connect again. An API key needs the scope `recordings:read`.
         */
        get: operations["Changes.follow"];
        put?: never;
        post?: never;
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
            workspace?: string | null;
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
        ViewingView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            recordingId: string;
            /**
             * Format: date-time
             * @description Until when bytes are given under it
             */
            expiresAt: string;
            /**
             * Format: uri-reference
             * @description Where the bytes are, for whoever began it: any number of requests, whole or by ranges
             * @example /api/v1/recordings/3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f/media?viewing=0a4b1c2d-3e4f-4a55-8d3e-3f0e4c6a8d3e
             */
            url: string;
            /**
             * @description What there is now: what arrived, or what was made of it. What is made meanwhile takes its place
             * @enum {string}
             */
            copy: "arrived" | "seekable";
            /**
             * Format: uri-reference
             * @description Where the camera beside the screen is; null where there is none
             */
            cameraUrl: string | null;
        };
        DownloadInput: {
            /**
             * @description recording: the seekable file; before there is one, and where none could be made, what arrived, unless a part of it was cut off. mp4: a copy for players elsewhere, where ffmpeg made one
             * @default recording
             * @enum {string|null}
             */
            variant: "recording" | "mp4" | null;
        };
        DownloadView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            recordingId: string;
            /**
             * Format: date-time
             * @description Until when bytes are given under it
             */
            expiresAt: string;
            /**
             * Format: uri-reference
             * @description Where the bytes are, for whoever began it: any number of requests, whole or by ranges
             * @example /api/v1/recordings/3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f/media?viewing=0a4b1c2d-3e4f-4a55-8d3e-3f0e4c6a8d3e
             */
            url: string;
            /**
             * @description What there is now: what arrived, or what was made of it. What is made meanwhile takes its place
             * @enum {string}
             */
            copy: "arrived" | "seekable" | "mp4";
        };
        CompleteUploadBody: Record<string, never>;
        OpenLinkInput: {
            code: string;
        };
        LinkWorkspace: {
            name: string;
            /** Format: uri */
            logoUrl: string | null;
            /** @example #2f6f4f */
            accent: string | null;
        };
        LinkOptions: {
            /** @enum {string} */
            microphone: "on" | "optional" | "off";
            camera: boolean;
            systemAudio: boolean;
            /** @description Milliseconds */
            maxDurationMs: number;
        };
        ResumableUpload: {
            /** Format: uuid */
            uploadId: string;
            /** @enum {string} */
            track: "screen" | "camera";
            /** @enum {string} */
            source: "capture" | "file";
            /** @description Bytes of the whole, once they were declared */
            length: number | null;
            /** @description Bytes that are stored for good */
            offset: number;
            /** @example video/webm */
            mediaType: string;
        };
        ResumableRecording: {
            /** Format: uuid */
            recordingId: string;
            /** Format: date-time */
            lastAppendAt: string;
            uploads: components["schemas"]["ResumableUpload"][];
        };
        OpenedLink: {
            /** @description The capability: send it as a bearer token. Good for a day */
            token: string;
            /** Format: uuid */
            requestId: string;
            /** @enum {string} */
            status: "sent" | "opened" | "recording" | "received" | "declined" | "unsupported" | "cancelled" | "expired";
            workspace: components["schemas"]["LinkWorkspace"];
            agentFirstName: string | null;
            /** @description What the agent asked */
            message: string | null;
            ticketSubject: string | null;
            /** Format: date-time */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When a recording sent now will be deleted
             */
            deletesAt: string;
            options: components["schemas"]["LinkOptions"];
            /**
             * @description Raised when the meaning of the consent changes
             * @example 1
             */
            consentVersion: string;
            /**
             * @description What becomes of a recording that is never sent
             * @enum {string}
             */
            abandonedPolicy: "finalise" | "discard";
            /** @description Whether a recording can begin now. Without room for it the link can be read and declined; open it later */
            hasRoom: boolean;
            /** @description What may be gone on with */
            resumable: components["schemas"]["ResumableRecording"][];
        };
        ConsentInput: {
            textSha256: string;
            version: string;
            locale: string;
            scope: ("screen" | "microphone" | "camera" | "system-audio" | "file")[];
        };
        DeclineInput: {
            reason?: string | null;
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
            note?: string | null;
            trim?: components["schemas"]["TrimInput"] | null;
            uploads: components["schemas"]["SentUploadInput"][];
        };
        Receipt: {
            /**
             * @description To be quoted when asking about the recording
             * @example 3F0E4C6A
             */
            reference: string;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description When it will be deleted
             */
            deletesAt: string | null;
        };
        TicketInput: {
            connector?: string | null;
            reference: string;
            subject?: string | null;
            /** Format: uri */
            url?: string | null;
        };
        OptionsInput: {
            /** @enum {string|null} */
            microphone?: "on" | "optional" | "off" | null;
            camera?: boolean | null;
            systemAudio?: boolean | null;
            maxDurationMs?: number | null;
        };
        RecordingRequestInput: {
            customerName?: string | null;
            /** Format: email */
            customerEmail?: string | null;
            message?: string | null;
            ticket?: components["schemas"]["TicketInput"] | null;
            expiresInHours?: number | null;
            options?: components["schemas"]["OptionsInput"] | null;
        };
        TicketView: {
            /** @description Which helpdesk knows it; `manual` where nobody said */
            connector: string;
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
            /** @description The customer did not press Send; what had arrived was handed over */
            interrupted: boolean;
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
            /** @description The customer did not press Send; what had arrived was handed over */
            interrupted: boolean;
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
            expiresInHours?: number | null;
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
             * @description When somebody first began to watch it; null while nobody has
             */
            watchedAt: string | null;
            /**
             * Format: date-time
             * @description When it will be deleted; null for what came before this was fixed
             */
            deletesAt: string | null;
            /** @enum {string|null} */
            processedBy: "ffmpeg" | "mediabunny" | null;
            /** @description 0 to 1 while it is processed */
            progress: number | null;
            /** @description Why it could not be processed, in a sentence; while it is not `failed`, why not so far */
            failure: string | null;
            /** @description Whether preparing it once more may succeed */
            retryable: boolean;
            hasPoster: boolean;
            hasMp4: boolean;
            storyboard: components["schemas"]["StoryboardView"] | null;
            /** @description Whether there is a camera track */
            camera: boolean;
            /** @description Whether it may be watched before it is seekable: not where a part was cut off, nor a file */
            chunksPlayable: boolean;
            /** @description For If-Match */
            version: number;
        };
        RecordingPage: {
            items: components["schemas"]["RecordingView"][];
            nextCursor: string | null;
        };
        /** @description A problem document (RFC 9457). A code may bring further members, such as `offset`. */
        Problem: {
            /**
             * Format: uri
             * @example https://screendesk.dev/problems/link-expired
             */
            type: string;
            /**
             * @description The status's name
             * @example Gone
             */
            title: string;
            /** @example 410 */
            status: number;
            /**
             * @description A sentence for people
             * @example This link has expired.
             */
            detail: string;
            /**
             * @description For programs: stable
             * @example LINK_EXPIRED
             */
            code: string;
            /**
             * Format: uuid
             * @description Finds the call in the server's log
             */
            correlationId: string;
            /** @description With 429 and 503: how long to wait */
            retryAfterSeconds?: number;
            /** @description With INPUT_INVALID: what is wrong, field by field */
            errors?: {
                field: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description The input is wrong; the sentence, or `errors`, says what. */
        Problem400: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No session, key or capability, or one that has ended. */
        Problem401: {
            headers: {
                /** @description Always `Bearer`. */
                "WWW-Authenticate"?: string;
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
        Problem403: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or it is another workspace's. */
        Problem404: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A rule says no, as when cancelling what has arrived; on uploads, a wrong offset. */
        Problem409: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A link that was used, cancelled or has expired, or what has been deleted. */
        Problem410: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
        Problem412: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too large. */
        Problem413: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A body of another type than this address takes. */
        Problem415: {
            headers: {
                /** @description The type of body that this address takes. */
                Accept?: string;
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is nothing in that range. */
        Problem416: {
            headers: {
                /** @description Which bytes these are, of how many. */
                "Content-Range"?: string;
                /** @description Always `bytes`. */
                "Accept-Ranges"?: "bytes";
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too often; wait `retryAfterSeconds`. */
        Problem429: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Our fault. Quote the correlation id when you report it. */
        Problem500: {
            headers: {
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not just now. Nothing is lost: send it again. */
        Problem503: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                "X-Correlation-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The session's cookie, for browsers. */
                    "Set-Cookie"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The session's cookie, for browsers. */
                    "Set-Cookie"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The session's cookie, for browsers. */
                    "Set-Cookie"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Workspace.read": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Workspace.change": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WorkspaceSettingsInput"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Members.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice: a call repeated with it is the same call. It never expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMemberInput"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Members.remove": {
        parameters: {
            query?: {
                /** @description What becomes of the API keys they hold: `revoke`, or the id of the owner or admin who holds them from now on. Who holds some is not removed before this is said (409 `API_KEYS_UNDECIDED`) */
                keys?: string;
            };
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Members.change": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Members.resetPassword": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "ApiKeys.issue": {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice: a call repeated with it is the same call. It never expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKeyInput"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "ApiKeys.revoke": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.watch": {
        parameters: {
            query: {
                /** @description The id that POST …/viewings answered */
                viewing: string;
            };
            header?: {
                /** @description One range of bytes (RFC 9110 §14). */
                Range?: string;
                /** @description The ETag that the range belongs to. */
                "If-Range"?: string;
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/webm": string;
                    "video/mp4": string;
                    "video/x-matroska": string;
                    "video/quicktime": string;
                    "video/3gpp": string;
                };
            };
            /** @description A part. */
            206: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Which bytes these are, of how many. */
                    "Content-Range"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/webm": string;
                    "video/mp4": string;
                    "video/x-matroska": string;
                    "video/quicktime": string;
                    "video/3gpp": string;
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.watchHead": {
        parameters: {
            query: {
                /** @description The id that POST …/viewings answered */
                viewing: string;
            };
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is there. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description How many bytes GET sends. */
                    "Content-Length"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.camera": {
        parameters: {
            query: {
                /** @description The id that POST …/viewings answered */
                viewing: string;
            };
            header?: {
                /** @description One range of bytes (RFC 9110 §14). */
                Range?: string;
                /** @description The ETag that the range belongs to. */
                "If-Range"?: string;
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/webm": string;
                    "video/mp4": string;
                    "video/x-matroska": string;
                    "video/quicktime": string;
                    "video/3gpp": string;
                };
            };
            /** @description A part. */
            206: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Which bytes these are, of how many. */
                    "Content-Range"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/webm": string;
                    "video/mp4": string;
                    "video/x-matroska": string;
                    "video/quicktime": string;
                    "video/3gpp": string;
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.cameraHead": {
        parameters: {
            query: {
                /** @description The id that POST …/viewings answered */
                viewing: string;
            };
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is there. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description How many bytes GET sends. */
                    "Content-Length"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.poster": {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes (RFC 9110 §14). */
                Range?: string;
                /** @description The ETag that the range belongs to. */
                "If-Range"?: string;
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A part. */
            206: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Which bytes these are, of how many. */
                    "Content-Range"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.posterHead": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is there. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description How many bytes GET sends. */
                    "Content-Length"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.storyboard": {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes (RFC 9110 §14). */
                Range?: string;
                /** @description The ETag that the range belongs to. */
                "If-Range"?: string;
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A part. */
            206: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Which bytes these are, of how many. */
                    "Content-Range"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.storyboardHead": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is there. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description How many bytes GET sends. */
                    "Content-Length"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.download": {
        parameters: {
            query: {
                /** @description The id that POST …/downloads answered */
                download: string;
            };
            header?: {
                /** @description One range of bytes (RFC 9110 §14). */
                Range?: string;
                /** @description The ETag that the range belongs to. */
                "If-Range"?: string;
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description A name to keep the file under. */
                    "Content-Disposition"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/webm": string;
                    "video/mp4": string;
                    "video/x-matroska": string;
                    "video/quicktime": string;
                    "video/3gpp": string;
                };
            };
            /** @description A part. */
            206: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description Which bytes these are, of how many. */
                    "Content-Range"?: string;
                    /** @description A name to keep the file under. */
                    "Content-Disposition"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "video/webm": string;
                    "video/mp4": string;
                    "video/x-matroska": string;
                    "video/quicktime": string;
                    "video/3gpp": string;
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description A name to keep the file under. */
                    "Content-Disposition"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            416: components["responses"]["Problem416"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Media.downloadHead": {
        parameters: {
            query: {
                /** @description The id that POST …/downloads answered */
                download: string;
            };
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is there. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description A name to keep the file under. */
                    "Content-Disposition"?: string;
                    /** @description How many bytes GET sends. */
                    "Content-Length"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Always `bytes`. */
                    "Accept-Ranges"?: "bytes";
                    /** @description A name to keep the file under. */
                    "Content-Disposition"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Viewings.beginViewing": {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice: a call repeated with it is the same call. It never expires. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Where what was made can be read at once. */
                    Location?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewingView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Viewings.viewing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                viewingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewingView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Viewings.beginDownload": {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice: a call repeated with it is the same call. It never expires. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DownloadInput"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Where what was made can be read at once. */
                    Location?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Viewings.download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                downloadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Tus.open": {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
                /** @description Bytes of the whole. */
                "Upload-Length"?: number;
                /** @description Instead of a length. */
                "Upload-Defer-Length"?: "1";
                /** @description Pairs of a name and a value in base64: `filetype` (video/webm, video/mp4, …), `track` (screen, camera), `source` (capture, file), `recording` (to join one). */
                "Upload-Metadata"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Until when it takes more; while it takes more. */
                    "Upload-Expires"?: string;
                    /** @description Where what was made can be read at once. */
                    Location?: string;
                    /** @description The recording that the upload belongs to. */
                    "Upload-Recording"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is wrong; the sentence, or `errors`, says what. */
            400: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, key or capability, or one that has ended. */
            401: {
                headers: {
                    /** @description Always `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
            403: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it is another workspace's. */
            404: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule says no, as when cancelling what has arrived; on uploads, a wrong offset. */
            409: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A link that was used, cancelled or has expired, or what has been deleted. */
            410: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
            412: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            413: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A body of another type than this address takes. */
            415: {
                headers: {
                    /** @description The type of body that this address takes. */
                    Accept?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too often; wait `retryAfterSeconds`. */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. Quote the correlation id when you report it. */
            500: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not just now. Nothing is lost: send it again. */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description The extensions that are spoken here. */
                    "Tus-Extension"?: string;
                    /** @description The digests that `Upload-Checksum` may have. */
                    "Tus-Checksum-Algorithm"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Tus.overridden": {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
                /** @description The method that is meant. */
                "X-HTTP-Method-Override": "PATCH" | "HEAD" | "DELETE";
                /** @description Where these bytes belong. */
                "Upload-Offset"?: number;
                /** @description Bytes of the whole. */
                "Upload-Length"?: number;
                /** @description `sha-256=:…:` (RFC 9530) of this body. */
                "Content-Digest"?: string;
                /** @description `sha256 …` (tus) of this body. */
                "Upload-Checksum"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Until when it takes more; while it takes more. */
                    "Upload-Expires"?: string;
                    /** @description Bytes, once they are known. */
                    "Upload-Length"?: number;
                    /** @description `1` while the length is not known. */
                    "Upload-Defer-Length"?: "1";
                    /** @description filetype, track and source, each in base64. */
                    "Upload-Metadata"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Until when it takes more; while it takes more. */
                    "Upload-Expires"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is wrong; the sentence, or `errors`, says what. */
            400: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, key or capability, or one that has ended. */
            401: {
                headers: {
                    /** @description Always `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
            403: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it is another workspace's. */
            404: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The address is right and the method is not; `Allow` names those that are. */
            405: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule says no, as when cancelling what has arrived; on uploads, a wrong offset. */
            409: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A link that was used, cancelled or has expired, or what has been deleted. */
            410: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
            412: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            413: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A body of another type than this address takes. */
            415: {
                headers: {
                    /** @description The type of body that this address takes. */
                    Accept?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too often; wait `retryAfterSeconds`. */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bytes changed on their way (tus checksum). Send them again. */
            460: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. Quote the correlation id when you report it. */
            500: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not just now. Nothing is lost: send it again. */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is wrong; the sentence, or `errors`, says what. */
            400: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, key or capability, or one that has ended. */
            401: {
                headers: {
                    /** @description Always `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
            403: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it is another workspace's. */
            404: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule says no, as when cancelling what has arrived; on uploads, a wrong offset. */
            409: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A link that was used, cancelled or has expired, or what has been deleted. */
            410: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
            412: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too often; wait `retryAfterSeconds`. */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. Quote the correlation id when you report it. */
            500: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not just now. Nothing is lost: send it again. */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Tus.capabilitiesOfOne": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: unknown;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description The extensions that are spoken here. */
                    "Tus-Extension"?: string;
                    /** @description The digests that `Upload-Checksum` may have. */
                    "Tus-Checksum-Algorithm"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Until when it takes more; while it takes more. */
                    "Upload-Expires"?: string;
                    /** @description Bytes, once they are known. */
                    "Upload-Length"?: number;
                    /** @description `1` while the length is not known. */
                    "Upload-Defer-Length"?: "1";
                    /** @description filetype, track and source, each in base64. */
                    "Upload-Metadata"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is wrong; the sentence, or `errors`, says what. */
            400: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, key or capability, or one that has ended. */
            401: {
                headers: {
                    /** @description Always `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
            403: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it is another workspace's. */
            404: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A link that was used, cancelled or has expired, or what has been deleted. */
            410: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
            412: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too often; wait `retryAfterSeconds`. */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. Quote the correlation id when you report it. */
            500: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not just now. Nothing is lost: send it again. */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Tus.append": {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
                /** @description Where these bytes belong. */
                "Upload-Offset": number;
                /** @description Bytes of the whole. */
                "Upload-Length"?: number;
                /** @description `sha-256=:…:` (RFC 9530) of this body. */
                "Content-Digest"?: string;
                /** @description `sha256 …` (tus) of this body. */
                "Upload-Checksum"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Until when it takes more; while it takes more. */
                    "Upload-Expires"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is wrong; the sentence, or `errors`, says what. */
            400: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, key or capability, or one that has ended. */
            401: {
                headers: {
                    /** @description Always `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
            403: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it is another workspace's. */
            404: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule says no, as when cancelling what has arrived; on uploads, a wrong offset. */
            409: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A link that was used, cancelled or has expired, or what has been deleted. */
            410: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
            412: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            413: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A body of another type than this address takes. */
            415: {
                headers: {
                    /** @description The type of body that this address takes. */
                    Accept?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too often; wait `retryAfterSeconds`. */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bytes changed on their way (tus checksum). Send them again. */
            460: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. Quote the correlation id when you report it. */
            500: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not just now. Nothing is lost: send it again. */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CompleteUploadBody"];
            };
        };
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Until when it takes more; while it takes more. */
                    "Upload-Expires"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is wrong; the sentence, or `errors`, says what. */
            400: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, key or capability, or one that has ended. */
            401: {
                headers: {
                    /** @description Always `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A key without the scope, a member who may not, or a page of another site with somebody's session. */
            403: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it is another workspace's. */
            404: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule says no, as when cancelling what has arrived; on uploads, a wrong offset. */
            409: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A link that was used, cancelled or has expired, or what has been deleted. */
            410: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else changed it first (`If-Match`); on uploads, another version of tus. */
            412: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large. */
            413: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A body of another type than this address takes. */
            415: {
                headers: {
                    /** @description The type of body that this address takes. */
                    Accept?: string;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too often; wait `retryAfterSeconds`. */
            429: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. Quote the correlation id when you report it. */
            500: {
                headers: {
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not just now. Nothing is lost: send it again. */
            503: {
                headers: {
                    /** @description Seconds to wait. */
                    "Retry-After"?: number;
                    /** @description Always `1.0.0`. */
                    "Tus-Resumable"?: "1.0.0";
                    /** @description `1.0.0`. */
                    "Tus-Version"?: string;
                    /** @description How many bytes are stored for good: where to go on. */
                    "Upload-Offset"?: number;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedLink"];
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Customer.here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Customer.decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeclineInput"];
            };
        };
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
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
        requestBody: {
            content: {
                "image/jpeg": string;
            };
        };
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Requests.list": {
        parameters: {
            query?: {
                status?: "sent" | "opened" | "recording" | "received" | "declined" | "unsupported" | "cancelled" | "expired";
                cursor?: string;
                limit?: number;
                after?: string;
                ticket?: string;
                connector?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Requests.request": {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice: a call repeated with it is the same call. It never expires. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RecordingRequestInput"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Where what was made can be read at once. */
                    Location?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestWithLink"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Requests.one": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestView"];
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Requests.cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing more to say. */
            204: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            412: components["responses"]["Problem412"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Requests.remind": {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice: a call repeated with it is the same call. It never expires. */
                "Idempotency-Key"?: string;
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RemindInput"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestWithLink"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Recordings.list": {
        parameters: {
            query?: {
                q?: string;
                status?: "received" | "processing" | "ready" | "failed";
                watched?: boolean;
                from?: string;
                to?: string;
                cursor?: string;
                limit?: number;
                after?: string;
                ticket?: string;
                connector?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Recordings.one": {
        parameters: {
            query?: {
                after?: string;
            };
            header?: {
                /** @description The ETag of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingView"];
                };
            };
            /** @description It is what you have. */
            304: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Recordings.delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is under way. */
            202: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Recordings.retry": {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag as it was answered, or a `version` in quotes: only if nobody has changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is under way. */
            202: {
                headers: {
                    /** @description The version, in quotes; behind it, where there is a body, a digest of it. For If-Match either form is right, for If-None-Match the whole. */
                    ETag?: string;
                    /** @description Give it to a list as `after`, and the list waits until it has seen this change. */
                    "Screendesk-After"?: string;
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "Changes.follow": {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last message that was read. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Joins this call to the server's log. Send one of your own, a UUID, and it is taken. */
                    "X-Correlation-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: change
                     *     id: 4711
                     *     data: {"kind":"recording","id":"3f0e4c6a-8d3e-4f6b-9a55-0a4b1c2d3e4f","after":"cmVjb3JkaW5nLTNmMGU0YzZhQDE"}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
