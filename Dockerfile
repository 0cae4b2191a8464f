# The product for servers: web and worker are this one image with another ROLE (docs/operations.md).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/frontend/build ./frontend/build
COPY --from=build /app/migrations ./migrations
# Recordings in work and, unless told otherwise, the keys: two places, so that one volume never holds both.
RUN mkdir -p /var/lib/screendesk /var/lib/screendesk-keys && chown -R node:node /var/lib/screendesk /var/lib/screendesk-keys
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/var/lib/screendesk KEY_FILE=/var/lib/screendesk-keys/keys.json
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
