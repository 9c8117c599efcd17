package io.serai.http.internal.channel;

/** What a route leads to: a channel, or something this server answers itself. */
public interface Target {

    /** The origin of what this server answers itself. */
    String SERVER = "the server itself";

    /** Returns who claims the route, for people. */
    String origin();
}
