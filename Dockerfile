FROM node:22-bookworm-slim
WORKDIR /app
COPY . .
RUN REDIS_URL=none node scripts/setup.mjs start
USER node
CMD ["bin/trunkline", "start"]
