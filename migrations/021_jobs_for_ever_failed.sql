-- What can never be done is not for an operator to have done again.
ALTER TABLE platform.job ADD COLUMN failed_for_ever boolean NOT NULL DEFAULT false;
