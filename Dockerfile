# guestmark in a container: Debian slim, the Vulkan loader, no root. It brings no driver of a vendor: that is the host's, and comes in by
# the NVIDIA Container Toolkit or CDI (docs/fleet.md). Build from a checkout:
#   docker build --tag guestmark:0.1.0 .
#   docker build --tag guestmark:0.1.0-software --build-arg SOFTWARE_DRIVER=yes .
ARG BASE=node:22-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --include=dev
COPY src src
COPY bench bench
COPY shaders shaders
RUN npm run build && npm prune --omit=dev

FROM ${BASE}
# "yes" adds Mesa's drivers, with the software device lavapipe: for trying things out where there is no GPU.
ARG SOFTWARE_DRIVER=no
# libx11-6 and libxext6 are what NVIDIA's driver and one of the two Vulkan bindings need.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libvulkan1 libx11-6 libxext6 \
 && if [ "$SOFTWARE_DRIVER" = yes ]; then apt-get install --yes --no-install-recommends mesa-vulkan-drivers; fi \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --create-home guestmark
WORKDIR /opt/guestmark
COPY package.json LICENSE CHANGELOG.md ./
COPY docs/schemas docs/schemas
COPY shaders shaders
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
RUN chmod 755 dist/cli.js && ln -s /opt/guestmark/dist/cli.js /usr/local/bin/guestmark
# What the toolkit brings of the host's driver; without "graphics" there is no Vulkan.
ENV NVIDIA_DRIVER_CAPABILITIES=compute,graphics,utility
USER 10001:10001
WORKDIR /home/guestmark
HEALTHCHECK NONE
ENTRYPOINT ["guestmark"]
