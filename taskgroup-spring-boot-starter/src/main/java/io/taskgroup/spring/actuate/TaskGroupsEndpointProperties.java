package io.taskgroup.spring.actuate;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application's configuration says about the endpoint {@code taskgroups}.
 *
 * @param showValues When to show the messages of failures and of cancel reasons, which may hold data of users.
 * @param roles Roles of which a caller needs one to be shown messages with 'when-authorized'. Without roles, every
 *     authenticated caller is shown them.
 */
@ConfigurationProperties("management.endpoint.taskgroups")
record TaskGroupsEndpointProperties(
        @DefaultValue("never") Show showValues,
        @DefaultValue Set<String> roles) {
    boolean showMessagesTo(SecurityContext caller) {
        return showValues.isShown(caller, roles);
    }
}
