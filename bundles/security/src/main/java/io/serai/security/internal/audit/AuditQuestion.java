package io.serai.security.internal.audit;

import io.serai.api.cluster.ClusterQuestion;
import io.serai.api.security.AuditLog;
import io.serai.security.internal.audit.AuditWire.Answer;
import io.serai.security.internal.audit.AuditWire.Ask;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells nodes, this one included, what the log of this one says. */
@Component(service = ClusterQuestion.class, property = ClusterQuestion.NAME + "=" + AuditQuestion.QUESTION)
public final class AuditQuestion implements ClusterQuestion {
    static final String QUESTION = "audit";

    private final AuditLog log;

    /** Tells of a log. */
    @Activate
    public AuditQuestion(@Reference AuditLog log) {
        this.log = log;
    }

    @Override
    public byte[] answer(byte[] argument) {
        Ask ask = AuditWire.ask(argument);
        return AuditWire.write(
                switch (ask.wish()) {
                    case SEARCH -> Answer.of(log.search(ask.filter().query()));
                    case FIND -> Answer.of(log.find(ask.number()).stream().toList());
                    case VERIFY -> new Answer(
                            AuditWire.VERSION, List.of(), log.verify().orElse(null));
                });
    }
}
