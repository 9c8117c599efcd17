package io.serai.access.internal.check;

/** What was found out about who makes a request. */
public sealed interface Finding permits Verified, Finding.Unknown {

    /** Why it is not known. */
    enum Unknown implements Finding {
        /** Nothing was shown. */
        NOTHING,
        /** What was shown does not count. */
        WRONG,
        /** What was shown was not looked at: too much from the address was wrong. */
        THROTTLED,
        /** It cannot be told now. */
        LATER
    }
}
